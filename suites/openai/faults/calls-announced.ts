import type { Fault } from 'assay/pack';
import { inRows } from './change.ts';

export const callsAnnounced: Fault = {
  id: 'calls-announced',
  breaks: 'finish-reason-fits',
  alsoBreaks: [{ check: 'stream-twin', reason: 'The stream of the same request still tells the right thing.' }],
  what: 'Ends every choice with tool_calls, also where it called nothing',
  operations: ['createChatCompletion'],
  reply: inRows('choices', (choice) => (choice['finish_reason'] === 'stop' ? { ...choice, finish_reason: 'tool_calls' } : choice)),
};
