import type { Fault } from 'assay/pack';

export const errorInAList: Fault = {
  id: 'error-in-a-list',
  breaks: 'error-envelope',
  what: 'Wraps the error body in a list (B200)',
  operations: ['createChatCompletion'],
  reply: (reply) => (reply.status >= 400 && reply.json !== undefined ? { ...reply, json: [reply.json] } : reply),
};
