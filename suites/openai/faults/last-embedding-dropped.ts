import type { Fault, JsonObject } from 'assay/pack';
import { inAnswer, rowsOf } from './change.ts';

export const lastEmbeddingDropped: Fault = {
  id: 'last-embedding-dropped',
  breaks: 'embeddings-match-input',
  what: 'Leaves out the vector of the last input of several (ramalama and others answer fewer vectors than inputs)',
  operations: ['createEmbedding'],
  reply: inAnswer((answer) => ({ ...answer, data: allButLast(rowsOf(answer['data'])) })),
};

function allButLast(rows: readonly JsonObject[]): readonly JsonObject[] {
  return rows.length > 1 ? rows.slice(0, -1) : rows;
}
