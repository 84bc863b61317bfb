import type { Json, JsonObject, Pointer } from '../model/index.ts';
import { isObject, listMember, member } from '../schema/json.ts';
import { pointerOf, pointerOfReference, tokensOf } from '../schema/pointer.ts';

/** Marks a schema that was put around another one to say "or null". */
export const wrapperMark = 'x-assay-nullable';

/**
 * Points references into schemas (`#/components/schemas/A/oneOf/0`; bundling makes many) at where the conversion has moved their targets:
 * `oneOf` to `anyOf`, a list of `items` to `prefixItems`, what may be null one level down. Changes the given, converted document.
 */
export function followMoves(document: JsonObject): void {
  const visit = (value: Json): void => {
    if (Array.isArray(value)) value.forEach(visit);
    if (!isObject(value)) return;
    const reference = member(value, '$ref');
    // The name of a component never moves.
    if (typeof reference === 'string' && reference.startsWith('#/') && reference.split('/').length > 4) {
      const moved = movedTo(document, pointerOfReference(reference) ?? '');
      if (moved !== undefined) Object.assign(value, { $ref: `#${encodeFragment(moved)}` });
    }
    for (const content of Object.values(value)) visit(content);
  };
  visit(document);
}

/** As a URI fragment: template braces and spaces are no fragment characters. */
export function encodeFragment(pointer: Pointer): string {
  return encodeURI(pointer).replaceAll('#', '%23');
}

/** Where the place is now; `undefined` where it is where it was, or nowhere. */
function movedTo(document: JsonObject, pointer: Pointer): Pointer | undefined {
  let value: Json | undefined = document;
  let place = '';
  const step = (token: string): boolean => {
    const next: Json | undefined = Array.isArray(value) ? (value[Number(token)] as Json | undefined) : member(value, token);
    if (next === undefined) return false;
    value = next;
    place += pointerOf(token);
    return true;
  };
  for (const token of tokensOf(pointer)) {
    if (member(value, wrapperMark) === true) ['anyOf', '0'].forEach(step);
    if (step(token)) continue;
    const unions = listMember(value, 'allOf');
    const inAllOf = unions.findIndex((entry) => member(entry, 'x-assay-one-of') === true);
    const renamed = {
      oneOf: inAllOf < 0 || member(value, 'x-assay-one-of') === true ? ['anyOf'] : ['allOf', String(inAllOf), 'anyOf'],
      items: ['prefixItems'],
      additionalItems: ['items'],
    };
    const instead = Object.hasOwn(renamed, token) ? renamed[token as keyof typeof renamed] : undefined;
    if (instead?.every(step) !== true) return undefined;
  }
  return place === pointer ? undefined : place;
}
