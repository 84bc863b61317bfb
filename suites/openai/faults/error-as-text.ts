import type { Fault } from 'assay/pack';

export const errorAsText: Fault = {
  id: 'error-as-text',
  breaks: 'error-envelope',
  what: 'Writes the error as a bare string (B195)',
  operations: ['createChatCompletion'],
  reply: (reply) => (reply.status >= 400 ? { ...reply, json: { error: 'Bad request' } } : reply),
};
