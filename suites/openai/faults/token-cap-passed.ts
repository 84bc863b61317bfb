import type { Fault, Json } from 'assay/pack';
import { inAnswer, isObject } from './change.ts';

export const tokenCapPassed: Fault = {
  id: 'token-cap-passed',
  breaks: 'token-cap-kept',
  alsoBreaks: [{ check: 'stream-twin', reason: 'The stream of the same request still tells the right thing.' }],
  what: 'Generates more tokens than the request allows (B284)',
  operations: ['createChatCompletion'],
  reply: inAnswer((answer) => ({ ...answer, usage: generous(answer['usage']) })),
};

function generous(usage: Json | undefined): Json {
  if (!isObject(usage)) return {};
  const more = 10 ** 9;
  return { ...usage, completion_tokens: Number(usage['completion_tokens']) + more, total_tokens: Number(usage['total_tokens']) + more };
}
