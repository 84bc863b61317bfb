import type { Fault } from 'assay/pack';
import { inRows } from './change.ts';

export const vectorConstant: Fault = {
  id: 'vector-constant',
  breaks: 'vectors-differ',
  what: 'Gives every input the same vector (B169)',
  operations: ['createEmbedding'],
  reply: inRows('data', (row) =>
    Array.isArray(row['embedding']) ? { ...row, embedding: row['embedding'].map((_, index) => (index === 0 ? 1 : 0)) } : row,
  ),
};
