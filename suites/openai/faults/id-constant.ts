import type { Fault } from 'assay/pack';
import { inAnswer, inEvents } from './change.ts';

const constant = { id: 'chatcmpl-1' };

export const idConstant: Fault = {
  id: 'id-constant',
  breaks: 'stream-twin',
  what: 'Gives every answer the same id (B079)',
  operations: ['createChatCompletion'],
  reply: (reply, context) =>
    reply.events === undefined
      ? inAnswer((answer) => ({ ...answer, ...constant }))(reply, context)
      : inEvents((chunk) => ({ ...chunk, ...constant }))(reply, context),
};
