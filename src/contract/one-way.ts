import type { Json, JsonObject } from '../model/index.ts';
import { listMember, member, objectMember } from '../schema/json.ts';
import type { DocumentObject } from './walk.ts';

export type Direction = 'request' | 'response';

/** Where the schemas for requests stand in a converted document that needs its own: beside `components`, by the same names. */
export const requestSchemas = 'x-assay-request-schemas';

const marks: Readonly<Record<Direction, string>> = { request: 'readOnly', response: 'writeOnly' };

/**
 * The names that are required in this direction. "If the property has readOnly marked as true and is in the required list, the required will
 * take effect on the response only" (OpenAPI 3.0); writeOnly the other way round.
 */
export function requiredIn(direction: Direction, schema: JsonObject, required: readonly Json[]): readonly Json[] {
  const properties = objectMember(schema, 'properties');
  return required.filter((name) => typeof name !== 'string' || member(member(properties, name), marks[direction]) !== true);
}

/** Whether any schema requires a member that is sent in one direction only; few documents do, and only they need two sets of schemas. */
export function hasOneWayMembers(objects: readonly DocumentObject[]): boolean {
  return objects.some(({ kind, value }) => {
    if (kind !== 'schema') return false;
    const required = listMember(value, 'required');
    return (['request', 'response'] as const).some((direction) => requiredIn(direction, value, required).length < required.length);
  });
}
