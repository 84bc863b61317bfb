import type { JsonObject } from '../model/index.ts';
import { isObject, listMember } from '../schema/json.ts';
import type { Place } from './shape.ts';
import { jsonTypes } from './shape.ts';

/** What `not` of a schema demands, as schemas that can be generated from; `exact` is false where that is not all it demands. */
export interface Negated {
  readonly places: readonly Place[];
  readonly exact: boolean;
}

/**
 * Turns `not` of the simple forms into positive schemas: of a `type`, of `const` and `enum`, of `required`. For the
 * rest it says nothing, and the judge decides.
 */
export function negated(not: Place): Negated {
  const { schema } = not;
  if (schema === false) return { places: [], exact: true };
  if (schema === true || Object.keys(schema).length === 0) return { places: [{ ...not, schema: false, derived: 'not' }], exact: true };
  const branches = branchesOf(schema);
  const [only] = branches ?? [];
  // Several ways to break it would multiply the alternatives of the object for every such rule; the smallest values
  // rarely meet one, and the judge sees those that do.
  if (!branches || !only || branches.length > 1) return { places: [], exact: false };
  return { places: [{ ...not, schema: only, derived: 'not' }], exact: true };
}

/** The ways to break a schema; `undefined` where one of its keywords is not known here. */
function branchesOf(schema: JsonObject): JsonObject[] | undefined {
  const branches: JsonObject[] = [];
  for (const [name, value] of Object.entries(schema)) {
    if (name === 'type') branches.push({ type: typesWithout(new Set([value].flat())) });
    else if (name === 'const') branches.push({ 'x-assay-excluded': [value] });
    else if (name === 'enum') branches.push({ 'x-assay-excluded': Array.isArray(value) ? value : [] });
    else if (name === 'required')
      branches.push(...listMember(schema, 'required').map((one): JsonObject => ({ 'x-assay-forbidden': [one] })));
    else if (name === 'properties' && isObject(value)) {
      for (const [member, inner] of Object.entries(value)) {
        const ways = isObject(inner) ? branchesOf(inner) : undefined;
        if (!ways) return undefined;
        branches.push(...ways.map((way): JsonObject => ({ required: [member], properties: { [member]: way } })));
      }
    } else if (name === 'allOf' && Array.isArray(value)) {
      for (const one of value) {
        const ways = isObject(one) ? branchesOf(one) : undefined;
        if (!ways) return undefined;
        branches.push(...ways);
      }
    } else if (name === 'not' && isObject(value)) branches.push(value);
    else if (!name.startsWith('x-')) return undefined;
  }
  return branches;
}

function typesWithout(named: ReadonlySet<unknown>): string[] {
  return jsonTypes.filter((type) => !named.has(type));
}
