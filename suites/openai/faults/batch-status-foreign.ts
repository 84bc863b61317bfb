import type { Fault } from 'assay/pack';
import { inAnswer } from './change.ts';

export const batchStatusForeign: Fault = {
  id: 'batch-status-foreign',
  breaks: 'body-valid',
  what: 'Shows a batch in a state of its own (B225)',
  operations: ['retrieveBatch', 'listBatches'],
  reply: inAnswer((answer) => (answer['status'] === undefined ? answer : { ...answer, status: 'created' })),
};
