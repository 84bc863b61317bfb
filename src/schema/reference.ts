import type { Json, JsonObject, Pointer, SchemaRef } from '../model/index.ts';
import { stringMember } from './json.ts';
import { pointerOfReference, valueAt } from './pointer.ts';

/** A value and where it stands after its references were followed. */
export interface Located {
  readonly pointer: Pointer;
  readonly value: Json;
}

/**
 * What stands at the pointer, following local `$ref`s from one object to the next; `undefined` where one dangles, leaves the
 * document or runs in a circle.
 */
export function follow(document: JsonObject, pointer: Pointer): Located | undefined {
  const seen = new Set<Pointer>();
  let at = pointer;
  while (!seen.has(at)) {
    seen.add(at);
    const value = valueAt(document, at) as Json | undefined;
    if (value === undefined) return undefined;
    const reference = stringMember(value, '$ref');
    if (reference === undefined) return { pointer: at, value };
    const next = pointerOfReference(reference);
    if (next === undefined) return undefined;
    at = next;
  }
  return undefined;
}

/**
 * The schema at the pointer, `undefined` where there is none. With `follow`, a schema that is nothing but a `$ref` is replaced
 * by what it refers to; siblings of a `$ref` (3.1) are constraints of their own, so such a schema is given as it stands.
 */
export function schemaAt(document: JsonObject, ref: SchemaRef, options: { readonly follow?: boolean } = {}): Json | undefined {
  const schema = valueAt(document, ref) as Json | undefined;
  if (options.follow !== true) return schema;
  const seen = new Set<Json>();
  let current = schema;
  while (current !== undefined && !seen.has(current) && isOnlyReference(current)) {
    seen.add(current);
    const next = pointerOfReference(stringMember(current, '$ref') ?? '');
    current = next === undefined ? undefined : (valueAt(document, next) as Json | undefined);
  }
  return current;
}

function isOnlyReference(schema: Json): boolean {
  return (
    stringMember(schema, '$ref') !== undefined &&
    Object.keys(schema ?? {}).every((keyword) => keyword === '$ref' || keyword.startsWith('x-'))
  );
}
