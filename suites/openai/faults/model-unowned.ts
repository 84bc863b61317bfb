import type { Fault, JsonObject } from 'assay/pack';
import { isObject, rowsOf, without } from './change.ts';

export const modelUnowned: Fault = {
  id: 'model-unowned',
  breaks: 'body-valid',
  what: 'Leaves owned_by out of every model (B173)',
  operations: ['listModels', 'retrieveModel'],
  reply: (reply) => (reply.status < 300 && isObject(reply.json) ? { ...reply, json: unowned(reply.json) } : reply),
};

function unowned(answer: JsonObject): JsonObject {
  if (!Array.isArray(answer['data'])) return without(answer, 'owned_by');
  return { ...answer, data: rowsOf(answer['data']).map((model) => without(model, 'owned_by')) };
}
