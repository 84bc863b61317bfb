import type { Fault } from 'assay/pack';
import { inChoices, isObject, without } from './change.ts';

export const roleNeverSent: Fault = {
  id: 'role-never-sent',
  breaks: 'chat.role-first',
  what: 'Sends no role in any delta (B001)',
  operations: ['createChatCompletion'],
  reply: inChoices((choice) => (isObject(choice['delta']) ? { ...choice, delta: without(choice['delta'], 'role') } : choice)),
};
