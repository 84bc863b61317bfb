/** Bytes of a short, silent but valid sound in a format; `units` of about a twentieth of a second each, at most 200. */
export function soundOf(format: string, units: number): Uint8Array {
  const length = Math.max(1, Math.min(units, 200));
  return (makers[format] ?? makers['wav'] ?? silence)(length);
}

/** The media type of a sound format, as it is sent. */
export const soundTypes: Readonly<Record<string, string>> = {
  mp3: 'audio/mpeg',
  opus: 'audio/opus',
  aac: 'audio/aac',
  flac: 'audio/flac',
  wav: 'audio/wav',
  pcm: 'audio/pcm',
};

/** Samples a second of the PCM that we make: 24 kHz, 16 bit, mono, little-endian. */
const rate = 24_000;
const samplesPerUnit = rate / 20;

const makers: Readonly<Record<string, (units: number) => Uint8Array>> = {
  pcm: silence,
  pcm16: silence,
  wav: (units) => joined([wavHeader(units * samplesPerUnit * 2), silence(units)]),
  mp3: (units) => repeated(mp3Frame(), units * 2),
  aac: (units) => repeated(aacFrame(), units * 2),
  flac,
  opus,
};

function silence(units: number): Uint8Array {
  return new Uint8Array(units * samplesPerUnit * 2);
}

function wavHeader(dataBytes: number): Uint8Array {
  const header = new Uint8Array(44);
  const view = new DataView(header.buffer);
  header.set(ascii('RIFF'), 0);
  view.setUint32(4, 36 + dataBytes, true);
  header.set(ascii('WAVEfmt '), 8);
  view.setUint32(16, 16, true);
  view.setUint16(20, 1, true);
  view.setUint16(22, 1, true);
  view.setUint32(24, rate, true);
  view.setUint32(28, rate * 2, true);
  view.setUint16(32, 2, true);
  view.setUint16(34, 16, true);
  header.set(ascii('data'), 36);
  view.setUint32(40, dataBytes, true);
  return header;
}

// MPEG-1 layer III, 32 kbit/s, 44.1 kHz, mono: 104 bytes a frame; side information of zeros means no sound.
function mp3Frame(): Uint8Array {
  const frame = new Uint8Array(104);
  frame.set([0xff, 0xfb, 0x10, 0xc4]);
  return frame;
}

// ADTS, AAC-LC, 44.1 kHz, mono; the six bytes after the header are an empty single channel element.
function aacFrame(): Uint8Array {
  const body = [0x00, 0xc8, 0x00, 0x80, 0x23, 0x80];
  const length = 7 + body.length;
  return Uint8Array.from([0xff, 0xf1, 0x50, 0x40 | (length >> 11), (length >> 3) & 0xff, ((length & 7) << 5) | 0x1f, 0xfc, ...body]);
}

// One constant subframe a block; 16-bit mono at 24 kHz with blocks of 1152 samples.
function flac(units: number): Uint8Array {
  const blocks = Math.min(units, 100);
  const info = new Uint8Array(34);
  const view = new DataView(info.buffer);
  view.setUint16(0, 1152);
  view.setUint16(2, 1152);
  view.setUint32(10, rate * 4096 + (15 << 4));
  view.setUint32(14, blocks * 1152);
  const frames = Array.from({ length: blocks }, (_, number) => {
    const header = Uint8Array.from([0xff, 0xf8, 0x37, 0x08, number]);
    const body = joined([header, Uint8Array.of(crc8(header), 0x00, 0x00, 0x00)]);
    const check = crc16(body);
    return joined([body, Uint8Array.of(check >> 8, check & 0xff)]);
  });
  return joined([ascii('fLaC'), Uint8Array.of(0x80, 0, 0, 34), info, ...frames]);
}

// Ogg pages: the two header packets, then one packet of 20 ms silence in each page.
function opus(units: number): Uint8Array {
  const head = joined([ascii('OpusHead'), Uint8Array.from([1, 1, 0, 0, 0x80, 0xbb, 0, 0, 0, 0, 0])]);
  const tags = joined([ascii('OpusTags'), Uint8Array.from([5, 0, 0, 0]), ascii('assay'), new Uint8Array(4)]);
  const count = Math.min(units * 2, 200);
  const sounds = Array.from({ length: count }, (_, at) =>
    oggPage(Uint8Array.of(0xf8, 0xff, 0xfe), at + 2, (at + 1) * 960, at + 1 === count ? 4 : 0),
  );
  return joined([oggPage(head, 0, 0, 2), oggPage(tags, 1, 0, 0), ...sounds]);
}

function oggPage(packet: Uint8Array, sequence: number, position: number, flags: number): Uint8Array {
  const page = new Uint8Array(28 + packet.length);
  const view = new DataView(page.buffer);
  page.set(ascii('OggS'), 0);
  page[5] = flags;
  view.setUint32(6, position, true);
  view.setUint32(14, 0x0a55a900, true);
  view.setUint32(18, sequence, true);
  page[26] = 1;
  page[27] = packet.length;
  page.set(packet, 28);
  view.setUint32(22, crc(page, 32, 0x04c11db7), true);
  return page;
}

function crc8(bytes: Uint8Array): number {
  return crc(bytes, 8, 0x07);
}

function crc16(bytes: Uint8Array): number {
  return crc(bytes, 16, 0x8005);
}

// All three checks of these formats run from the highest bit, start at 0 and are not inverted.
function crc(bytes: Uint8Array, width: 8 | 16 | 32, polynomial: number): number {
  const top = 2 ** (width - 1);
  const mask = 2 ** width - 1;
  let value = 0;
  for (const byte of bytes) {
    value = (value ^ (byte * 2 ** (width - 8))) >>> 0;
    for (let bit = 0; bit < 8; bit += 1) {
      const shifted = ((value << 1) & mask) >>> 0;
      value = value >= top ? (shifted ^ polynomial) >>> 0 : shifted;
    }
  }
  return value;
}

function repeated(frame: Uint8Array, times: number): Uint8Array {
  return joined(Array.from({ length: times }, () => frame));
}

function ascii(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  return new Uint8Array(Buffer.concat(parts));
}
