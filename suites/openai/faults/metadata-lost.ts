import type { Fault } from 'assay/pack';
import { inAnswer } from './change.ts';

export const metadataLost: Fault = {
  id: 'metadata-lost',
  breaks: 'request-echoed',
  what: 'Takes metadata and answers without it',
  operations: ['createAssistant', 'createThread'],
  reply: inAnswer((answer) => ({ ...answer, metadata: {} })),
};
