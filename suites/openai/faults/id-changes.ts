import type { Fault } from 'assay/pack';
import { inEvents } from './change.ts';

export const idChanges: Fault = {
  id: 'id-changes',
  breaks: 'chat.id-const',
  what: 'Gives every chunk an id of its own (B034)',
  operations: ['createChatCompletion'],
  reply: inEvents((chunk, index) => ({ ...chunk, id: `chatcmpl-${index}` })),
};
