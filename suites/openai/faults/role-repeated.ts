import type { Fault } from 'assay/pack';
import { inChoices, isObject } from './change.ts';

export const roleRepeated: Fault = {
  id: 'role-repeated',
  breaks: 'chat.role-once',
  what: 'Repeats the role in every delta (B034)',
  operations: ['createChatCompletion'],
  reply: inChoices((choice) =>
    isObject(choice['delta']) && Object.keys(choice['delta']).length > 0
      ? { ...choice, delta: { role: 'assistant', ...choice['delta'] } }
      : choice,
  ),
};
