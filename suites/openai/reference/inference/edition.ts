import type { JsonObject } from 'assay/pack';
import type { State } from '../state.ts';
import { isObject, listFrom, objectOf, stringsOf } from './json.ts';

/** Whether the contract names a schema. What a server sends follows the edition that it is held to. */
export function hasSchema(state: State, name: string): boolean {
  return Object.hasOwn(schemasOf(state), name);
}

/** Editions from 2026 on number the events of a response's stream: their schemas demand it. */
export function numbersEvents(state: State): boolean {
  const created = schemasOf(state)['ResponseCreatedEvent'];
  return isObject(created) && stringsOf(created['required']).includes('sequence_number');
}

/** Whether a stream may tell of reasoning: by events that the edition names, or by a branch for those that came after it. */
export function tellsReasoning(state: State): boolean {
  const events = objectOf(schemasOf(state)['ResponseStreamEvent']);
  const branches = listFrom(events['anyOf'] ?? events['oneOf']);
  return (
    hasSchema(state, 'ResponseReasoningSummaryTextDeltaEvent') ||
    branches.some((branch) => isObject(branch) && branch['$ref'] === undefined)
  );
}

function schemasOf(state: State): JsonObject {
  return objectOf(objectOf(state.contract.document['components'])['schemas']);
}
