import type { Fault } from 'assay/pack';
import { inChoices } from './change.ts';

export const finishNeverSent: Fault = {
  id: 'finish-never-sent',
  breaks: 'chat.finish-missing',
  alsoBreaks: [{ check: 'stream-twin', reason: 'The same request without a stream still gets the right answer.' }],
  what: 'Leaves finish_reason null to the end (B012)',
  operations: ['createChatCompletion'],
  reply: inChoices((choice) => ({ ...choice, finish_reason: null })),
};
