import { Buffer } from 'node:buffer';

/** A square PNG of 64 by 64 pixels with an alpha channel, as image edits and variations demand. */
export const pngBase64 =
  'iVBORw0KGgoAAAANSUhEUgAAAEAAAABACAYAAACqaXHeAAAAZklEQVR42u3QMREAAAgEION8/xS20hyeDBSgOpnPSoAAAQIECBAgQIAAAQIECBAgQIAAAQIECBAgQIAAAQIECBAgQIAAAQIECBAgQIAAAQIECBAgQIAAAQIECBAgQIAAAQIECLhvAQxYcfCmW8kVAAAAAElFTkSuQmCC';

/** The same square with its left half transparent: where an edit is wanted. */
export const maskBase64 =
  'iVBORw0KGgoAAAANSUhEUgAAAEAAAABACAYAAACqaXHeAAAAaUlEQVR42u3QQQ0AAAgEoItj/xS20hjOjQcFSFfl2FyKAAECBAgQIECAAAECBAgQIECAAAECBAgQIECAAAECBAgQIECAAAECBAgQIECAAAECBAgQIECAAAECBAgQIECAAAECBAgQ8D9gAeJJeXgZAW6yAAAAAElFTkSuQmCC';

export const pngDataUrl = `data:image/png;base64,${pngBase64}`;

/** A quarter of a second of a soft tone: speech models refuse audio shorter than a tenth. */
export const wavBase64 = makeWav().toString('base64');

/** Ten silent MPEG-1 layer III frames of 128 kbit/s at 44.1 kHz. */
export const mp3Base64 = Buffer.concat(
  Array.from({ length: 10 }, () => Buffer.concat([Buffer.from([0xff, 0xfb, 0x90, 0x64]), Buffer.alloc(413)])),
).toString('base64');

/** A PDF of one empty page. */
export const pdfBase64 = Buffer.from(
  [
    '%PDF-1.1',
    '1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj',
    '2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj',
    '3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]>>endobj',
    'trailer<</Root 1 0 R>>',
    '%%EOF',
    '',
  ].join('\n'),
).toString('base64');

/** What an upload part holds in set-up; `createUpload` announces its length. */
export const uploadPartText = 'assay upload part\n';

/** MD5 of {@link uploadPartText}. */
export const uploadPartMd5 = '4c623a3d0a9f12e6a0bf8a666965d641';

/** A line that every batch endpoint for chat accepts. */
export const batchLines = `${JSON.stringify({
  custom_id: 'request-1',
  method: 'POST',
  url: '/v1/chat/completions',
  body: { model: 'gpt-4o-mini', messages: [{ role: 'user', content: 'Say hello' }], max_completion_tokens: 16 },
})}\n`;

/** Ten supervised examples: the fewest that a training file may hold. */
export const trainingLines = `${JSON.stringify({
  messages: [
    { role: 'user', content: 'What is the capital of France?' },
    { role: 'assistant', content: 'Paris' },
  ],
})}\n`.repeat(10);

function makeWav(): Buffer {
  const rate = 8000;
  const samples = rate / 4;
  const wav = Buffer.alloc(44 + samples);
  wav.write('RIFF', 0, 'latin1');
  wav.writeUInt32LE(36 + samples, 4);
  wav.write('WAVEfmt ', 8, 'latin1');
  wav.writeUInt32LE(16, 16);
  wav.writeUInt16LE(1, 20);
  wav.writeUInt16LE(1, 22);
  wav.writeUInt32LE(rate, 24);
  wav.writeUInt32LE(rate, 28);
  wav.writeUInt16LE(1, 32);
  wav.writeUInt16LE(8, 34);
  wav.write('data', 36, 'latin1');
  wav.writeUInt32LE(samples, 40);
  for (let at = 0; at < samples; at += 1) wav.writeUInt8(at % 20 < 10 ? 120 : 136, 44 + at);
  return wav;
}
