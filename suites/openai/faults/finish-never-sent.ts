import type { Fault } from 'assay/pack';
import { inChoices } from './change.ts';

export const finishNeverSent: Fault = {
  id: 'finish-never-sent',
  breaks: 'chat.finish-missing',
  what: 'Leaves finish_reason null to the end (B012)',
  operations: ['createChatCompletion'],
  reply: inChoices((choice) => ({ ...choice, finish_reason: null })),
};
