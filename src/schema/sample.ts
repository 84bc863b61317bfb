import type { Json, JsonObject, SchemaRef } from '../model/index.ts';
import { isObject, listMember, member, objectMember, stringMember } from './json.ts';
import { schemaAt } from './reference.ts';
import { pointerOfReference } from './pointer.ts';

const deepest = 6;
/** Optional members are filled in down to here: schemas that refer to each other make all of them a very large value. */
const fullTo = 1;

/**
 * A few plain values that probably fit the schema: the smallest, and one with every member. For judging schemas against each other only:
 * a value is worth something once a validator has accepted it.
 */
export function samplesOf(document: JsonObject, ref: SchemaRef): readonly Json[] {
  const smallest = sample(document, schemaAt(document, ref, { follow: true }), false, 0);
  const fullest = sample(document, schemaAt(document, ref, { follow: true }), true, 0);
  return [smallest, fullest].filter((value) => value !== undefined);
}

function sample(document: JsonObject, given: Json | undefined, full: boolean, depth: number): Json | undefined {
  const schema = followed(document, given);
  if (schema === true) return 'x';
  if (!isObject(schema) || depth > deepest) return undefined;
  const constant = member(schema, 'const') ?? listMember(schema, 'enum')[0];
  if (constant !== undefined) return constant;
  const branch = listMember(schema, 'anyOf')[0];
  const parts = listMember(schema, 'allOf').map((part) => sample(document, part, full, depth + 1));
  const own = ofType(document, schema, full, depth);
  const inner = branch === undefined ? undefined : sample(document, branch, full, depth + 1);
  const objects = [...parts, own, inner].filter(isObject);
  if (objects.length > 0) return Object.fromEntries(objects.flatMap((object) => Object.entries(object)));
  return own ?? inner ?? parts.find((part) => part !== undefined) ?? 'x';
}

function ofType(document: JsonObject, schema: JsonObject, full: boolean, depth: number): Json | undefined {
  const declared = member(schema, 'type');
  const type = Array.isArray(declared) ? declared.find((entry) => entry !== 'null') : declared;
  if (type === 'object' || (type === undefined && member(schema, 'properties') !== undefined))
    return objectOf(document, schema, full, depth);
  if (type === 'array') {
    const count = Number(member(schema, 'minItems') ?? 0) || (full ? 1 : 0);
    const item = count === 0 ? undefined : sample(document, member(schema, 'items') ?? true, full, depth + 1);
    return item === undefined ? [] : Array.from({ length: Math.min(count, 4) }, () => item);
  }
  if (type === 'string') return 'x'.repeat(Math.min(Number(member(schema, 'minLength') ?? 1) || 1, 64));
  if (type === 'integer' || type === 'number') return Number(member(schema, 'minimum') ?? member(schema, 'maximum') ?? 1);
  if (type === 'boolean') return true;
  return type === 'null' || declared === 'null' ? null : undefined;
}

function objectOf(document: JsonObject, schema: JsonObject, full: boolean, depth: number): Json {
  const properties = objectMember(schema, 'properties') ?? {};
  const required = new Set(listMember(schema, 'required'));
  const members = Object.keys(properties).filter((name) => (full && depth <= fullTo) || required.has(name));
  const entries = members.map((name) => [name, sample(document, properties[name], full, depth + 1)] as const);
  return Object.fromEntries(entries.filter((entry): entry is readonly [string, Json] => entry[1] !== undefined));
}

function followed(document: JsonObject, schema: Json | undefined): Json | undefined {
  const target = pointerOfReference(stringMember(schema, '$ref') ?? '');
  return target === undefined ? schema : schemaAt(document, target, { follow: true });
}
