import type { Fault } from 'assay/pack';

export const errorEmpty: Fault = {
  id: 'error-empty',
  breaks: 'error-envelope',
  what: 'Answers errors without a body (B186)',
  operations: ['retrieveModel', 'getAssistant'],
  reply: (reply) => (reply.status >= 400 ? { status: reply.status } : reply),
};
