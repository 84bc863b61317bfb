import type { Fault } from 'assay/pack';
import { inEvents, isObject, without } from './change.ts';

export const usageWithoutChoices: Fault = {
  id: 'usage-without-choices',
  breaks: 'chat.choices-present',
  what: 'Sends the usage chunk without choices (B018)',
  operations: ['createChatCompletion'],
  reply: inEvents((chunk) => (isObject(chunk['usage']) ? without(chunk, 'choices') : chunk)),
};
