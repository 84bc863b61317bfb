import type { Fault, Json, JsonObject } from 'assay/pack';
import { inRows, rowsOf } from './change.ts';

export const usageOfAnotherKind: Fault = {
  id: 'usage-of-another-kind',
  breaks: 'usage-rows-of-kind',
  what: 'Reports moderations as embeddings, which the bucket schema allows',
  operations: ['usage-moderations'],
  reply: inRows('data', (bucket) => renamed(bucket)),
};

function renamed(bucket: JsonObject): JsonObject {
  const rows = (list: Json | undefined): Json => rowsOf(list).map((row) => ({ ...row, object: 'organization.usage.embeddings.result' }));
  return {
    ...bucket,
    ...(bucket['result'] !== undefined && { result: rows(bucket['result']) }),
    ...(bucket['results'] !== undefined && { results: rows(bucket['results']) }),
  };
}
