import type { Json, JsonObject, Pointer } from '../model/index.ts';
import { isObject, listMember, member, objectMember, sameJson, stringMember } from '../schema/json.ts';
import { pointerOf } from '../schema/pointer.ts';
import { isWellFormed } from './keywords.ts';
import { encodeFragment, followMoves, wrapperMark } from './moved-references.ts';
import { hasOneWayMembers, requestSchemas, requiredIn } from './one-way.ts';
import type { Direction } from './one-way.ts';
import { objectShapes } from './structure.ts';
import type { ObjectKind, Shape } from './structure.ts';
import { objectsOf } from './walk.ts';

interface Conversion {
  readonly openapi: '3.0' | '3.1';
  /** Pointers of the schemas that an `$id`, `$anchor` or `$dynamicAnchor` names. */
  readonly named: ReadonlyMap<string, Pointer>;
  /** Set where the document needs other schemas for requests than for responses. */
  readonly direction?: Direction;
}

/**
 * A copy of the document in which every Schema Object is JSON Schema 2020-12, at the place where it stood: `nullable` as its author meant it
 * (also beside `$ref` and unions, also in 3.1), boolean exclusive bounds as numbers, `oneOf` as `anyOf`, `$ref` siblings dropped in 3.0 and
 * kept in 3.1, `x-assay-rules` added to `allOf`, and no keyword left that a validator would stumble over. No object is shared.
 */
export function toJsonSchema(document: JsonObject, openapi: '3.0' | '3.1'): JsonObject {
  const named = openapi === '3.1' ? schemaNames(document) : new Map<string, Pointer>();
  const converted = convertDocument(document, { openapi, named });
  followMoves(converted);
  return converted;
}

function convertDocument(document: JsonObject, conversion: Conversion): JsonObject {
  if (conversion.openapi === '3.1' || !hasOneWayMembers(objectsOf(document))) return convertObject(document, 'document', conversion, '');
  const response = convertObject(document, 'document', { ...conversion, direction: 'response' }, '');
  const schemas = member(member(document, 'components'), 'schemas') ?? {};
  return {
    ...response,
    [requestSchemas]: convertMember(schemas, { map: 'schema' }, { ...conversion, direction: 'request' }, pointerOf(requestSchemas)),
  };
}

function convertObject(value: JsonObject, kind: ObjectKind, around: Conversion, at: Pointer): JsonObject {
  const { members, names } = objectShapes[kind];
  const sent = around.direction !== undefined && (kind === 'requestBody' || kind === 'parameter');
  const conversion: Conversion = sent ? { ...around, direction: 'request' } : around;
  const converted: JsonObject = Object.fromEntries(
    Object.entries(value).map(([field, content]) => {
      const shape = members.get(field) ?? (field.startsWith('x-') ? undefined : names);
      return [field, shape === undefined ? content : convertMember(content, shape, conversion, at + pointerOf(field))];
    }),
  );
  return kind === 'parameter' && !Object.hasOwn(value, '$ref') ? withSchema(converted) : converted;
}

/** A parameter always has a schema to point at; the lint says where the document forgot it. */
function withSchema(parameter: JsonObject): JsonObject {
  const content = objectMember(parameter, 'content') ?? {};
  const [mediaType] = Object.keys(content);
  if (mediaType === undefined) return member(parameter, 'schema') === undefined ? { ...parameter, schema: {} } : parameter;
  if (member(content[mediaType], 'schema') !== undefined) return parameter;
  const told = content[mediaType];
  return { ...parameter, content: { ...content, [mediaType]: { ...(isObject(told) ? told : {}), schema: {} } } };
}

function convertMember(value: Json, shape: Shape, conversion: Conversion, at: Pointer): Json {
  if (shape === 'literal' || shape === 'prose') return value;
  if (typeof shape === 'string') return convertValue(value, shape, conversion, at);
  if ('list' in shape) {
    return Array.isArray(value) ? value.map((entry, index) => convertValue(entry, shape.list, conversion, at + pointerOf(index))) : value;
  }
  if (!isObject(value)) return value;
  const entries = Object.entries(value).map(([name, content]) => [
    name,
    convertValue(content, shape.map, conversion, at + pointerOf(name)),
  ]);
  return Object.fromEntries(entries) as JsonObject;
}

function convertValue(value: Json, kind: ObjectKind, conversion: Conversion, at: Pointer): Json {
  if (kind === 'schema') return convertSchema(value, conversion, at, at);
  return isObject(value) ? convertObject(value, kind, conversion, at) : value;
}

// `id` was the name of `$id` once; ajv throws on it. The names are resolved to pointers before, and would move the base of every `$ref`.
const dropped = new Set('nullable id $schema $id $anchor $dynamicAnchor $recursiveAnchor $vocabulary x-assay-rules'.split(' '));

/** `root` is the schema that `$recursiveRef: "#"` means: the outermost one around this. */
function convertSchema(value: Json, conversion: Conversion, at: Pointer, root: Pointer): Json {
  if (typeof value === 'boolean') return value;
  if (!isObject(value)) return {};
  const members = new Map<string, Json>();
  const onlyReference = conversion.openapi === '3.0' && typeof member(value, '$ref') === 'string';
  for (const [keyword, content] of Object.entries(value)) {
    if (dropped.has(keyword) || !isWellFormed(keyword, content)) continue;
    if (onlyReference && keyword !== '$ref' && !keyword.startsWith('x-')) continue;
    members.set(keyword, convertKeyword(keyword, content, conversion, at + pointerOf(keyword), root));
  }
  resolveReferences(members, conversion, root);
  tupleToPrefixItems(members);
  for (const [exclusive, inclusive] of exclusiveBounds) numberBound(members, exclusive, inclusive);
  const required = members.get('required');
  if (Array.isArray(required)) {
    const names = conversion.direction === undefined ? required : requiredIn(conversion.direction, value, required);
    members.set('required', [...new Set(names)]);
  }
  const union = oneOfToAnyOf(members);
  const nullable = member(value, 'nullable') === true || hasNullMarker(value);
  const converted = nullable ? withNull(union, hasNullMarker(value)) : union;
  return Object.fromEntries(withRules(converted, listMember(value, 'x-assay-rules')));
}

function convertKeyword(keyword: string, content: Json, conversion: Conversion, at: Pointer, root: Pointer): Json {
  const shape = objectShapes.schema.members.get(keyword);
  if (shape === undefined || shape === 'literal' || shape === 'prose' || shape === 'discriminator') return content;
  const convert = (schema: Json, place: Pointer): Json => convertSchema(schema, conversion, place, root);
  if (Array.isArray(content)) {
    // A branch of which nothing but `nullable` is left says "or null"; anywhere else such a schema takes anything.
    return content.map((entry, index) => (isNullMarker(entry) ? { type: 'null' } : convert(entry, at + pointerOf(index))));
  }
  if (shape === 'schema' || !isObject(content)) return convert(content, at);
  return Object.fromEntries(Object.entries(content).map(([name, schema]) => [name, convert(schema, at + pointerOf(name))]));
}

const exclusiveBounds = [
  ['exclusiveMinimum', 'minimum'],
  ['exclusiveMaximum', 'maximum'],
] as const;

/** `exclusiveMinimum: true` beside `minimum` (3.0, and often left over in 3.1) is the bound itself in 2020-12. */
function numberBound(members: Map<string, Json>, exclusive: string, inclusive: string): void {
  const value = members.get(exclusive);
  if (typeof value !== 'boolean') return;
  members.delete(exclusive);
  const bound = members.get(inclusive);
  if (!value || bound === undefined) return;
  members.delete(inclusive);
  members.set(exclusive, bound);
}

/** A list under `items` was a tuple before 2020-12. */
function tupleToPrefixItems(members: Map<string, Json>): void {
  const items = members.get('items');
  if (!Array.isArray(items)) return;
  members.delete('items');
  members.set('prefixItems', items);
  const rest = members.get('additionalItems');
  members.delete('additionalItems');
  if (rest !== undefined) members.set('items', rest);
}

/** `oneOf` is read as `anyOf`: a value that fits two branches is the document's fault, which the lint names once. */
function oneOfToAnyOf(members: Map<string, Json>): Map<string, Json> {
  const oneOf = members.get('oneOf');
  if (oneOf === undefined) return members;
  if (!members.has('anyOf')) {
    const renamed = [...members].map(([keyword, value]) => [keyword === 'oneOf' ? 'anyOf' : keyword, value] as const);
    return new Map<string, Json>(renamed).set('x-assay-one-of', true);
  }
  const allOf = members.get('allOf');
  members.delete('oneOf');
  return members.set('allOf', [...(Array.isArray(allOf) ? allOf : []), { anyOf: oneOf, 'x-assay-one-of': true }]);
}

/** `allOf: [{$ref}, {nullable: true}]`: the way to say "or null" of a reference in 3.0. */
function hasNullMarker(schema: JsonObject): boolean {
  return listMember(schema, 'allOf').some(isNullMarker);
}

function isNullMarker(schema: Json): boolean {
  return (
    member(schema, 'nullable') === true && Object.keys(schema ?? {}).every((keyword) => keyword === 'nullable' || isAnnotation(keyword))
  );
}

function isAnnotation(keyword: string): boolean {
  return keyword.startsWith('x-') || annotations.has(keyword);
}

const annotations = new Set(
  'title description default example examples externalDocs deprecated readOnly writeOnly $comment xml discriminator'.split(' '),
);
// What belongs to the member, not to the branch of it that is not null.
const outer = new Set(['default', 'deprecated', 'readOnly', 'writeOnly', 'title', 'description']);

/** The same schema that also takes null: in place where that is possible, so that pointers stay; else as one branch of a union. */
function withNull(members: Map<string, Json>, marker: boolean): Map<string, Json> {
  const constraints = [...members.keys()].filter((keyword) => !isAnnotation(keyword));
  const anyOf = members.get('anyOf');
  if (constraints.length === 0) return members;
  if (constraints.length === 1 && Array.isArray(anyOf)) {
    return anyOf.some((branch) => member(branch, 'type') === 'null') ? members : members.set('anyOf', [...anyOf, { type: 'null' }]);
  }
  const type = members.get('type');
  const plain = !['$ref', '$dynamicRef', 'allOf', 'anyOf', 'not', 'if'].some((keyword) => members.has(keyword));
  if (plain && type !== undefined) {
    members.set('type', [...new Set([...(Array.isArray(type) ? type : [type]), 'null'])]);
    return enumWithNull(members);
  }
  if (plain && (members.has('enum') || members.has('const'))) return enumWithNull(members);
  if (plain) return members;
  const inner = new Map([...members].filter(([keyword]) => !outer.has(keyword)));
  const allOf = inner.get('allOf');
  // The marker itself was converted to `type: null` and would refuse everything else.
  if (marker && Array.isArray(allOf))
    inner.set(
      'allOf',
      allOf.filter((branch) => !sameJson(branch, { type: 'null' })),
    );
  const around = [...members].filter(([keyword]) => outer.has(keyword));
  return new Map<string, Json>([...around, ['anyOf', [Object.fromEntries(inner), { type: 'null' }]], [wrapperMark, true]]);
}

function enumWithNull(members: Map<string, Json>): Map<string, Json> {
  const values = members.get('enum');
  if (Array.isArray(values) && !values.includes(null)) members.set('enum', [...values, null]);
  const value = members.get('const');
  if (value !== undefined && value !== null) {
    members.delete('const');
    members.set('enum', [value, null]);
  }
  return members;
}

/** What the prose demands and no keyword says, as entries of `allOf` that carry the rule's id. */
function withRules(members: Map<string, Json>, rules: readonly Json[]): Map<string, Json> {
  const added = rules.flatMap((rule) => {
    const schema = objectMember(rule, 'schema');
    if (schema === undefined) return [];
    const id = stringMember(rule, 'id') ?? '';
    return [
      {
        ...schema,
        'x-assay-rule': id,
        'x-assay-level': member(rule, 'level') ?? 'MUST',
        'x-assay-source': member(rule, 'source') ?? 'prose',
      },
    ];
  });
  if (added.length === 0) return members;
  const allOf = members.get('allOf');
  return members.set('allOf', [...(Array.isArray(allOf) ? allOf : []), ...added]);
}

/** Turns references by name, and those of 2019-09 and 2020-12 that depend on the path of evaluation, into plain pointers. */
function resolveReferences(members: Map<string, Json>, conversion: Conversion, root: Pointer): void {
  const reference = members.get('$ref');
  if (typeof reference === 'string' && !reference.startsWith('#/')) {
    const pointer = reference === '#' ? undefined : conversion.named.get(reference);
    if (pointer !== undefined) members.set('$ref', `#${encodeFragment(pointer)}`);
  }
  if (typeof reference === 'string' && conversion.direction === 'request') {
    members.set('$ref', reference.replace(/^#\/components\/schemas\//, `#/${requestSchemas}/`));
  }
  const recursive = members.get('$recursiveRef');
  if (recursive !== undefined) {
    members.delete('$recursiveRef');
    members.set('$ref', `#${encodeFragment(root)}`);
  }
  const dynamic = members.get('$dynamicRef');
  if (typeof dynamic === 'string') {
    members.delete('$dynamicRef');
    const pointer = conversion.named.get(dynamic);
    members.set('$ref', pointer === undefined ? dynamic : `#${encodeFragment(pointer)}`);
  }
}

function schemaNames(document: JsonObject): Map<string, Pointer> {
  const named = new Map<string, Pointer>();
  const visit = (value: Json, at: Pointer): void => {
    if (Array.isArray(value)) value.forEach((entry, index) => visit(entry, at + pointerOf(index)));
    if (!isObject(value)) return;
    const id = stringMember(value, '$id');
    if (id !== undefined) named.set(id, at);
    for (const keyword of ['$anchor', '$dynamicAnchor']) {
      const anchor = stringMember(value, keyword);
      if (anchor !== undefined && !named.has(`#${anchor}`)) named.set(`#${anchor}`, at);
    }
    for (const [name, content] of Object.entries(value)) visit(content, at + pointerOf(name));
  };
  visit(document, '');
  return named;
}
