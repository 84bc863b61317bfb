import type { Fault } from 'assay/pack';
import { isObject } from './change.ts';

export const errorFlat: Fault = {
  id: 'error-flat',
  breaks: 'error-envelope',
  what: 'Writes the members of the error without the member error around them (B182)',
  operations: ['createChatCompletion'],
  reply: (reply) =>
    reply.status >= 400 && isObject(reply.json) && isObject(reply.json['error']) ? { ...reply, json: reply.json['error'] } : reply,
};
