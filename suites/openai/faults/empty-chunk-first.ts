import type { Fault } from 'assay/pack';
import { inStream, isObject } from './change.ts';

export const emptyChunkFirst: Fault = {
  id: 'empty-chunk-first',
  breaks: 'chat.empty-choices',
  what: 'Begins with a chunk of empty choices, as one gateway does with its content filter (B054)',
  operations: ['createChatCompletion'],
  reply: inStream((events) => [
    ...events.slice(0, 1).map((event) => ({ ...event, data: isObject(event.data) ? { ...event.data, choices: [] } : event.data })),
    ...events,
  ]),
};
