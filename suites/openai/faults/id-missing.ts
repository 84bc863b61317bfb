import type { Fault } from 'assay/pack';
import { inAnswer, without } from './change.ts';

export const idMissing: Fault = {
  id: 'id-missing',
  breaks: 'body-valid',
  what: 'Answers without an id (B113)',
  operations: ['createChatCompletion'],
  reply: inAnswer((answer) => without(answer, 'id')),
};
