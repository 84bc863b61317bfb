import type { Fault } from 'assay/pack';

export const completionInAList: Fault = {
  id: 'completion-in-a-list',
  breaks: 'body-valid',
  what: 'Wraps the answer in a list of one (B128)',
  operations: ['createCompletion'],
  reply: (reply) => (reply.status < 300 && reply.json !== undefined ? { ...reply, json: [reply.json] } : reply),
};
