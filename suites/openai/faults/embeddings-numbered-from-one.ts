import type { Fault, JsonObject } from 'assay/pack';
import { inAnswer, rowsOf } from './change.ts';

export const embeddingsNumberedFromOne: Fault = {
  id: 'embeddings-numbered-from-one',
  breaks: 'embeddings-match-input',
  what: 'Numbers the vectors of an answer from 1 (B171)',
  operations: ['createEmbedding'],
  reply: inAnswer((answer) => ({ ...answer, data: numbered(rowsOf(answer['data'])) })),
};

// Answers of thousands of vectors are left alone: whoever looks for the smallest counterexample would send for them again.
function numbered(rows: readonly JsonObject[]): readonly JsonObject[] {
  return rows.length > 10 ? rows : rows.map((row, index) => ({ ...row, index: index + 1 }));
}
