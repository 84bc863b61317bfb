import type { Fault } from 'assay/pack';
import { inAnswer, without } from './change.ts';

export const responseMembersMissing: Fault = {
  id: 'response-members-missing',
  breaks: 'body-valid',
  alsoBreaks: [{ check: 'stream-twin', reason: 'The stream of the same request still tells the right thing.' }],
  what: 'Leaves members out of the response that a client needs to go on (B158)',
  operations: ['createResponse'],
  reply: inAnswer((answer) => without(answer, 'tools', 'tool_choice', 'parallel_tool_calls')),
};
