import type { Fault } from 'assay/pack';
import { inAnswer, isObject } from './change.ts';

export const usageOffByOne: Fault = {
  id: 'usage-off-by-one',
  breaks: 'usage-adds-up',
  alsoBreaks: [{ check: 'stream-twin', reason: 'The stream of the same request still tells the right thing.' }],
  what: 'Counts one token more in total than in its parts',
  operations: ['createChatCompletion'],
  reply: inAnswer((answer) =>
    isObject(answer['usage'])
      ? { ...answer, usage: { ...answer['usage'], total_tokens: Number(answer['usage']['total_tokens']) + 1 } }
      : answer,
  ),
};
