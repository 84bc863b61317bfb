import type { Fault } from 'assay/pack';
import { inRows, isObject, without } from './change.ts';

export const refusalMissing: Fault = {
  id: 'refusal-missing',
  breaks: 'message-whole',
  what: 'Leaves refusal out of messages (B114)',
  operations: ['createChatCompletion'],
  reply: inRows('choices', (choice) =>
    isObject(choice['message']) ? { ...choice, message: without(choice['message'], 'refusal') } : choice,
  ),
};
