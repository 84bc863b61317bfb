import type { Fault } from 'assay/pack';
import { inAnswer, isObject } from './change.ts';

export const fileCountsOff: Fault = {
  id: 'file-counts-off',
  breaks: 'file-counts-add-up',
  what: 'Counts a file of a vector store that is in no state',
  operations: ['*VectorStore'],
  reply: inAnswer((answer) =>
    isObject(answer['file_counts']) ? { ...answer, file_counts: { ...answer['file_counts'], total: 99 } } : answer,
  ),
};
