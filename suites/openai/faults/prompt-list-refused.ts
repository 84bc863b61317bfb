import type { Fault, ReferenceReply } from 'assay/pack';
import { isObject } from './change.ts';

export const promptListRefused: Fault = {
  id: 'prompt-list-refused',
  breaks: 'valid-accepted',
  what: 'Refuses a prompt that is a list (B298)',
  operations: ['createCompletion'],
  reply: (reply, context) =>
    reply.status < 300 && isObject(context.seen?.body) && Array.isArray(context.seen.body['prompt']) ? refusal : reply,
};

const refusal: ReferenceReply = {
  status: 400,
  json: { error: { message: 'prompt must be a string.', type: 'invalid_request_error', param: 'prompt', code: null } },
};
