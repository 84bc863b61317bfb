import type { JsonObject } from '../../../src/model/index.ts';
import { drop, insert, line, repeat, set, swap } from './changes.ts';
import type { Change } from './changes.ts';
import type { Illegal } from './illegal-chat.ts';
import * as others from './other-traces.ts';
import type { Sent } from '../../helpers/stream-tester/trace.ts';

const of =
  (stream: string, events: readonly Sent[], request: JsonObject = {}) =>
  (rule: string, how: string, change: Change): Illegal => ({ rule, how, stream, request, events, change });

const heard = of('stt', others.heard);
const segments = of('stt', others.segments);
const weighed = of('stt', others.weighed);
const spoken = of('tts', others.spoken);
const drawn = of('img', others.drawn, { partial_images: 2, operation: 'generation' });

/** One stream at least for every rule of transcription, speech and images. */
export const illegalOthers: readonly Illegal[] = [
  heard('sse.event-line', 'a named event', line(1, 'transcript.text.delta')),
  heard('sse.done-missing', 'no sentinel', drop(-1)),
  { ...heard('stt.order', 'done before the last delta', swap(2)), also: 'stt.text-equals' },
  heard('stt.order', 'a delta after done', insert(4, others.heard[1] as Sent)),
  heard('stt.order', 'an event of its own', insert(1, { data: { type: 'transcript.text.guess' } })),
  heard('stt.order', 'a delta without a type', set(1, { '/type': undefined })),
  weighed('stt.order', 'a delta without text, but with tokens', set(0, { '/delta': undefined })),
  segments('stt.order', 'a segment after done', insert(3, others.segments[0] as Sent)),
  heard('stt.order', 'a delta without text', set(1, { '/delta': undefined })),
  heard('stt.done-once', 'done twice', repeat(3)),
  heard('stt.done-once', 'never done', drop(3)),
  heard('stt.done-once', 'nothing at all', () => []),
  heard('stt.text-equals', 'another text', set(3, { '/text': 'Rooks call once.' })),
  heard('stt.text-equals', 'a delta is lost', drop(1)),
  weighed('stt.logprobs', 'a token is lost', set(0, { '/logprobs': [{ token: 'Ro', logprob: -1, bytes: [82, 111] }] })),
  segments('stt.segments', 'an id again', set(1, { '/id': 'seg_0' })),
  segments('stt.segments', 'an end before its start', set(1, { '/end': 1 })),
  segments('stt.segments', 'a start that falls back', set(0, { '/start': 1.6, '/end': 1.7 })),
  weighed('stt.logprobs', 'no tokens at the end', set(2, { '/logprobs': [] })),
  segments('stt.text-equals', 'another text in all', set(2, { '/text': 'Rooks call.' })),
  spoken('tts.order', 'a delta after done', swap(1)),
  spoken('tts.order', 'an event of its own', insert(1, { data: { type: 'speech.audio.pause' } })),
  spoken('tts.done-once', 'done twice', repeat(2)),
  spoken('tts.done-once', 'never done', drop(2)),
  spoken('tts.audio', 'base64 cut in the middle', set(0, { '/audio': 'AAE' })),
  drawn('img.index', 'from 1', drop(0)),
  drawn('img.index', 'one number twice', repeat(0)),
  of('img', others.drawn, { partial_images: 1 })('img.index', 'more than asked for', (events) => events),
  drawn('img.order', 'completed first', swap(1)),
  drawn('img.order', 'events of an edit', (events) =>
    events.map((sent) => JSON.parse(JSON.stringify(sent).replaceAll('image_generation', 'image_edit')) as Sent),
  ),
  drawn('img.order', 'an event of its own', insert(1, { event: 'image_generation.sketch', data: { type: 'image_generation.sketch' } })),
  drawn('img.done-once', 'never completed', drop(2)),
];
