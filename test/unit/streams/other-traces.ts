import type { JsonObject } from '../../../src/model/index.ts';
import type { Sent, Trace } from '../../helpers/stream-tester/trace.ts';
import { done } from './trace.ts';

const typed = (type: string, more: JsonObject): Sent => ({ data: { type, ...more } });
const named = (type: string, more: JsonObject): Sent => ({ event: type, data: { type, ...more } });
const usage = { input_tokens: 4, output_tokens: 6, total_tokens: 10 };

export const heard: readonly Sent[] = [
  typed('transcript.text.delta', { delta: 'Rooks' }),
  typed('transcript.text.delta', { delta: ' call' }),
  typed('transcript.text.delta', { delta: ' twice.' }),
  typed('transcript.text.done', { text: 'Rooks call twice.' }),
  done,
];
const segment = (id: string, start: number, end: number, text: string): Sent =>
  typed('transcript.text.segment', { id, start, end, text, speaker: 'A' });
export const segments: readonly Sent[] = [
  segment('seg_0', 0, 1.5, ' Rooks call'),
  segment('seg_1', 1.5, 3, ' twice.'),
  typed('transcript.text.done', { text: 'Rooks call twice.', usage }),
  done,
];
const both: readonly Sent[] = [
  typed('transcript.text.delta', { delta: 'Rooks', segment_id: 'seg_0' }),
  typed('transcript.text.delta', { delta: ' call', segment_id: 'seg_0' }),
  segment('seg_0', 0, 1.5, 'Rooks call'),
  typed('transcript.text.delta', { delta: 'twice.', segment_id: 'seg_1' }),
  segment('seg_1', 1.5, 3, 'twice.'),
  typed('transcript.text.done', { text: 'Rooks call twice.', usage }),
  done,
];
const token = (text: string): JsonObject => ({ token: text, logprob: -1, bytes: [...new TextEncoder().encode(text)] });
export const weighed: readonly Sent[] = [
  typed('transcript.text.delta', { delta: 'Rooks', logprobs: [token('Ro'), token('oks')] }),
  typed('transcript.text.delta', { delta: ' call.', logprobs: [token(' call'), token('.')] }),
  typed('transcript.text.done', { text: 'Rooks call.', logprobs: [token('Ro'), token('oks'), token(' call'), token('.')] }),
  done,
];

export const spoken: readonly Sent[] = [
  typed('speech.audio.delta', { audio: 'AAEC' }),
  typed('speech.audio.delta', { audio: 'AwQ=' }),
  typed('speech.audio.done', { usage }),
  done,
];

const image = (prefix: string): readonly Sent[] => [
  named(`${prefix}.partial_image`, { b64_json: 'AAAA', partial_image_index: 0 }),
  named(`${prefix}.partial_image`, { b64_json: 'AAAB', partial_image_index: 1 }),
  named(`${prefix}.completed`, { b64_json: 'AAAC', usage }),
];
export const drawn = image('image_generation');

/** Legal streams of transcription, speech and images. */
export const otherTraces: readonly Trace[] = [
  { name: 'deltas', stream: 'stt', request: {}, events: heard },
  { name: 'segments', stream: 'stt', request: {}, events: segments },
  { name: 'segments and their deltas', stream: 'stt', request: {}, events: both },
  { name: 'logprobs', stream: 'stt', request: {}, events: weighed },
  { name: 'speech', stream: 'tts', request: {}, events: spoken },
  { name: 'two partial images of three', stream: 'img', request: { partial_images: 3, operation: 'generation' }, events: drawn },
  { name: 'an edit', stream: 'img', request: { operation: 'edit' }, events: image('image_edit') },
  { name: 'no partial image, with a sentinel', stream: 'img', request: {}, events: [...drawn.slice(2), done] },
];
