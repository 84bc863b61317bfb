import type { Fault } from 'assay/pack';
import { inAnswer, rowsOf } from './change.ts';

export const lastIdStale: Fault = {
  id: 'last-id-stale',
  breaks: 'list-page-whole',
  what: 'Names another row than the last one as last_id, so that a walk loops (B218)',
  operations: ['listAssistants', 'listVectorStores'],
  reply: inAnswer((answer) => (rowsOf(answer['data']).length > 0 ? { ...answer, last_id: 'stale' } : answer)),
};
