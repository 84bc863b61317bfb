import type { Fault } from 'assay/pack';
import { inChoices } from './change.ts';

export const callsEndWithStop: Fault = {
  id: 'calls-end-with-stop',
  breaks: 'chat.tool-finish-reason',
  alsoBreaks: [{ check: 'stream-twin', reason: 'The same request without a stream still gets the right answer.' }],
  what: 'Ends a streamed choice with stop although it holds tool calls (B043)',
  operations: ['createChatCompletion'],
  reply: inChoices((choice) => (choice['finish_reason'] === 'tool_calls' ? { ...choice, finish_reason: 'stop' } : choice)),
};
