import type { Fault, Json } from 'assay/pack';
import { inRows, isObject, rowsOf } from './change.ts';

export const logprobsPositive: Fault = {
  id: 'logprobs-positive',
  breaks: 'logprobs-as-asked',
  alsoBreaks: [{ check: 'stream-twin', reason: 'The stream of the same request still tells the right thing.' }],
  what: 'Sends probabilities where their logarithms are asked for',
  operations: ['createChatCompletion'],
  reply: inRows('choices', (choice) => ({ ...choice, logprobs: positive(choice['logprobs']) })),
};

function positive(logprobs: Json | undefined): Json {
  if (!isObject(logprobs)) return null;
  return { ...logprobs, content: rowsOf(logprobs['content']).map((token) => ({ ...token, logprob: 0.5 })) };
}
