import type { Fault } from 'assay/pack';

export const bodiesUnchecked: Fault = {
  id: 'bodies-unchecked',
  breaks: 'invalid-rejected',
  what: 'Takes bodies as they come and uses what it understands',
  operations: ['create-project', 'admin-api-keys-create', 'createSpeech'],
  lenient: 'body',
};
