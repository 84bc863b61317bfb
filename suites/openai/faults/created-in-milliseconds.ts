import type { Fault } from 'assay/pack';
import { inAnswer } from './change.ts';

export const createdInMilliseconds: Fault = {
  id: 'created-in-milliseconds',
  breaks: 'times-in-seconds',
  what: 'Writes created in milliseconds (B066)',
  operations: ['createChatCompletion'],
  reply: inAnswer((answer) => ({ ...answer, created: Number(answer['created']) * 1000 })),
};
