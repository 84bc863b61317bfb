import type { Fault } from 'assay/pack';
import { inToolCalls, isObject } from './change.ts';

export const toolNameRepeated: Fault = {
  id: 'tool-name-repeated',
  breaks: 'chat.tool-identity-once',
  what: 'Repeats the name of a call in every fragment, so that clients double it',
  operations: ['createChatCompletion'],
  reply: inToolCalls((call, isFirst) =>
    isFirst ? call : { ...call, function: { name: 'weather', ...(isObject(call['function']) ? call['function'] : {}) } },
  ),
};
