import type { Fault } from 'assay/pack';
import { inToolCalls } from './change.ts';

export const toolIndexesAllZero: Fault = {
  id: 'tool-indexes-all-zero',
  breaks: 'chat.tool-identity-once',
  what: 'Numbers every tool call 0, so that clients join two calls to one (B013)',
  operations: ['createChatCompletion'],
  reply: inToolCalls((call) => ({ ...call, index: 0 })),
};
