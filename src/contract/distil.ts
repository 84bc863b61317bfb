import { STATUS_CODES } from 'node:http';
import type { Json, JsonObject } from '../model/index.ts';
import { isObject } from '../schema/json.ts';
import { objectShapes } from './structure.ts';
import type { ObjectKind, Shape } from './structure.ts';

/**
 * The facts of an OpenAPI 3.0 or 3.1 document without its prose: no summaries, descriptions, titles, examples, comments, links to other
 * documentation, nor any `x-` extension, in the order of the original. The `description` that a response must have is its status' reason phrase.
 * A *property*, parameter or component that is named `description` or `x-…` is a fact and stays.
 */
export function distil(document: JsonObject): JsonObject {
  return distilObject(document, 'document');
}

function distilObject(value: JsonObject, kind: ObjectKind, name = ''): JsonObject {
  const { members, names } = objectShapes[kind];
  const kept: [string, Json][] = [];
  if (kind === 'response' && !Object.hasOwn(value, '$ref')) kept.push(['description', reasonPhrase(name)]);
  for (const [field, member] of Object.entries(value)) {
    const shape = members.get(field) ?? names;
    if (shape === undefined || shape === 'prose' || (names !== undefined && field.startsWith('x-'))) continue;
    kept.push([field, distilMember(member, shape, field)]);
  }
  // fromEntries defines members, so that one named `__proto__` stays data.
  return Object.fromEntries(kept);
}

function distilMember(value: Json, shape: Shape, field: string): Json {
  if (shape === 'literal' || shape === 'prose') return value;
  if (typeof shape === 'string') return distilValue(value, shape, field);
  if ('list' in shape) return Array.isArray(value) ? value.map((entry) => distilValue(entry, shape.list, field)) : value;
  if (!isObject(value)) return value;
  const entries = Object.entries(value).filter(([name]) => !isExtension(name, shape.map, field));
  return Object.fromEntries(entries.map(([name, member]) => [name, distilValue(member, shape.map, name)]));
}

function distilValue(value: Json, kind: ObjectKind, name: string): Json {
  // The value of a scope is its description; the name is the fact.
  if (kind === 'scope') return '';
  // `items` was a list of schemas before 2020-12; its entries are schemas all the same.
  if (kind === 'schema' && Array.isArray(value)) return value.map((entry) => distilValue(entry, kind, name));
  return isObject(value) ? distilObject(value, kind, name) : value;
}

/** `paths` and `responses` are objects that may be extended; the other maps hold names that the author chose. */
function isExtension(name: string, kind: ObjectKind, field: string): boolean {
  return (
    name.startsWith('x-') &&
    (kind === 'pathItem' || kind === 'response' || kind === 'scope') &&
    (field === 'paths' || field === 'responses' || field === 'scopes')
  );
}

function reasonPhrase(status: string): string {
  return STATUS_CODES[status] ?? 'Response';
}
