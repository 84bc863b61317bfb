import type { Fault } from 'assay/pack';
import { inAnswer, without } from './change.ts';

export const fileListWithoutEnds: Fault = {
  id: 'file-list-without-ends',
  breaks: 'list-ends-told',
  what: 'Lists files without first_id, last_id and has_more (B220)',
  operations: ['listFiles'],
  reply: inAnswer((answer) => without(answer, 'first_id', 'last_id', 'has_more')),
};
