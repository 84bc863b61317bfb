import type { JsonObject, SchemaRef } from '../model/index.ts';
import { isObject, member, pointerOf, pointerOfReference, valueAt } from '../schema/index.ts';

/** The JSON types that a text may have to become; `any` where no schema says. */
export type WantedTypes = ReadonlySet<string> | 'any';

/** What a parser needs to know of a schema: which types it wants, and where its members and entries are described. */
export interface Shape {
  readonly types: WantedTypes;
  readonly members: ReadonlyMap<string, readonly SchemaRef[]>;
  /** Schemas of members that have no schema of their own. */
  readonly otherMembers: readonly SchemaRef[];
  readonly entries: readonly SchemaRef[];
  /** Wants a string whose content is bytes: `format: binary`, `contentMediaType`. */
  readonly binary: boolean;
}

/** Whether the schemas name this type; where they name none, nobody asked for it. */
export function namesType({ types }: Pick<Shape, 'types'>, type: string): boolean {
  return types !== 'any' && types.has(type);
}

const cache = new WeakMap<JsonObject, Map<string, Shape>>();
const unknownShape: Shape = { types: 'any', members: new Map(), otherMembers: [], entries: [], binary: false };

/**
 * What the schemas at these places want together, through references and all branches of unions. A parser has to know no
 * more: whether a value is right is for the judge to say.
 */
export function shapeOf(document: JsonObject, refs: readonly SchemaRef[]): Shape {
  if (refs.length === 0) return unknownShape;
  let known = cache.get(document);
  if (known === undefined) cache.set(document, (known = new Map()));
  const key = refs.join('\n');
  const found = known.get(key);
  if (found !== undefined) return found;
  const branches = branchesOf(document, refs);
  const shape = combine(document, branches);
  known.set(key, shape);
  return shape;
}

function combine(document: JsonObject, branches: readonly SchemaRef[]): Shape {
  const types = new Set<string>();
  const members = new Map<string, SchemaRef[]>();
  const otherMembers: SchemaRef[] = [];
  const entries: SchemaRef[] = [];
  let binary = false;
  for (const branch of branches) {
    const schema = valueAt(document, branch);
    if (!isObject(schema)) continue;
    for (const type of typesOf(schema)) types.add(type);
    const properties = member(schema, 'properties');
    for (const name of isObject(properties) ? Object.keys(properties) : []) {
      members.set(name, [...(members.get(name) ?? []), `${branch}${pointerOf('properties', name)}`]);
    }
    if (isObject(member(schema, 'additionalProperties'))) otherMembers.push(`${branch}/additionalProperties`);
    if (isObject(member(schema, 'items'))) entries.push(`${branch}/items`);
    if (member(schema, 'format') === 'binary' || Object.hasOwn(schema, 'contentMediaType')) binary = true;
  }
  return { types: types.size === 0 ? 'any' : types, members, otherMembers, entries, binary };
}

function typesOf(schema: JsonObject): string[] {
  const type = member(schema, 'type');
  if (typeof type === 'string') return [type];
  if (Array.isArray(type)) return type.filter((one) => typeof one === 'string');
  const values = member(schema, 'enum') ?? (Object.hasOwn(schema, 'const') ? [member(schema, 'const')] : undefined);
  if (Array.isArray(values)) return values.map(typeName);
  if (isObject(member(schema, 'properties'))) return ['object'];
  return isObject(member(schema, 'items')) ? ['array'] : [];
}

function typeName(value: unknown): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'array' : typeof value;
}

function branchesOf(document: JsonObject, refs: readonly SchemaRef[]): SchemaRef[] {
  const seen = new Set<SchemaRef>();
  const open = [...refs];
  for (let ref = open.shift(); ref !== undefined; ref = open.shift()) {
    if (seen.has(ref)) continue;
    seen.add(ref);
    const schema = valueAt(document, ref);
    if (!isObject(schema)) continue;
    const reference = member(schema, '$ref');
    const target = typeof reference === 'string' ? pointerOfReference(reference) : undefined;
    if (target !== undefined) open.push(target);
    for (const keyword of ['allOf', 'anyOf', 'oneOf']) {
      const branches = member(schema, keyword);
      if (Array.isArray(branches)) open.push(...branches.map((_, index) => `${ref}/${keyword}/${index}`));
    }
  }
  return [...seen];
}
