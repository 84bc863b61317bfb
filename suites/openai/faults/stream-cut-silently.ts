import type { Fault } from 'assay/pack';
import { inStream } from './change.ts';

export const streamCutSilently: Fault = {
  id: 'stream-cut-silently',
  breaks: 'sse.done-missing',
  what: 'Ends a stream in the middle without a word (B094)',
  operations: ['createCompletion'],
  reply: inStream((events) => events.slice(0, -1)),
};
