import type { Fault } from 'assay/pack';
import { isObject } from './change.ts';

export const codeIsTheStatus: Fault = {
  id: 'code-is-the-status',
  breaks: 'error-code-named',
  what: 'Writes the status as the code of the error (B217)',
  operations: ['createChatCompletion'],
  reply: (reply) =>
    reply.status >= 400 && isObject(reply.json) && isObject(reply.json['error'])
      ? { ...reply, json: { error: { ...reply.json['error'], code: String(reply.status) } } }
      : reply,
};
