import { Buffer } from 'node:buffer';
import { type CheckContext, defineCheck, must } from 'assay/pack';
import { askedOf, isGranted, quote } from './answer.ts';

/** How the bytes of a sound begin; raw samples (pcm) begin with anything. */
const beginnings: ReadonlyMap<string, (bytes: Buffer) => boolean> = new Map<string, (bytes: Buffer) => boolean>([
  ['mp3', (bytes) => begins(bytes, 'ID3') || isFrame(bytes, 0xe0)],
  // ADTS: twelve bits of sync, then the layer, which is always 0.
  ['aac', (bytes) => bytes[0] === 0xff && ((bytes[1] ?? 0) & 0xf6) === 0xf0],
  ['opus', (bytes) => begins(bytes, 'OggS')],
  ['flac', (bytes) => begins(bytes, 'fLaC')],
  ['wav', (bytes) => begins(bytes, 'RIFF')],
]);

export const speechAsAsked = defineCheck({
  id: 'speech-as-asked',
  requirement: must('prose', 'Speech comes in the format that was asked for, mp3 where none was'),
  needs: 'response',
  operations: ['createSpeech'],
  applies: (context) => isGranted(context) && bytesOf(context).length > 3,
  *run(context) {
    const format = formatOf(context);
    const bytes = bytesOf(context);
    if (beginnings.get(format)?.(bytes) ?? true) return;
    const others = [...beginnings].filter(([, fits]) => fits(bytes)).map(([name]) => name);
    yield { expected: format, actual: others[0] ?? quote(bytes.subarray(0, 4).toString('hex')), at: 'body' };
  },
});

function formatOf(context: CheckContext): string {
  const { response_format: format } = askedOf(context);
  return typeof format === 'string' ? format : 'mp3';
}

/** How a sound begins: bytes that happen to be UTF-8 were kept as text. Text and events are no sound. */
function bytesOf({ exchange, response }: CheckContext): Buffer {
  const body = exchange.response?.body;
  if (body?.base64 !== undefined) return Buffer.from(body.base64.slice(0, 16), 'base64');
  const text = response?.mediaType?.startsWith('audio/') ? (body?.text?.slice(0, 16) ?? '') : '';
  // A recorder took the sound for text: which bytes it had is lost.
  return Buffer.from(text.includes('\uFFFD') ? '' : text, 'utf8');
}

function begins(bytes: Buffer, text: string): boolean {
  return bytes.subarray(0, text.length).toString('latin1') === text;
}

function isFrame(bytes: Buffer, sync: number): boolean {
  return bytes[0] === 0xff && ((bytes[1] ?? 0) & sync) === sync;
}
