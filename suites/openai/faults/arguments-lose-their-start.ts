import type { Fault } from 'assay/pack';
import { inToolCalls, isObject } from './change.ts';

export const argumentsLoseTheirStart: Fault = {
  id: 'arguments-lose-their-start',
  breaks: 'chat.tool-args-json',
  alsoBreaks: [{ check: 'stream-twin', reason: 'The same request without a stream still gets the right answer.' }],
  what: 'Drops the first fragment of the arguments of a call (B081)',
  operations: ['createChatCompletion'],
  reply: inToolCalls((call) =>
    isObject(call['function']) && String(call['function']['arguments']).startsWith('{')
      ? { ...call, function: { ...call['function'], arguments: String(call['function']['arguments']).slice(1) } }
      : call,
  ),
};
