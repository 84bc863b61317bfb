import type { Json, Pointer } from '../model/index.ts';
import { isObject, sameJson } from '../schema/json.ts';
import { pointerOf, tokensOf } from '../schema/pointer.ts';

/**
 * Where a place of a body stands after the pack made it meant well: what had to come first, such as the call that a
 * message answers, moves the entries of an array behind it. An entry is known again by being the same.
 */
export function movedTo(before: Json | undefined, after: Json | undefined, at: Pointer): Pointer {
  const tokens = tokensOf(at);
  const moved: (string | number)[] = [];
  let was = before;
  let is = after;
  for (const [depth, token] of tokens.entries()) {
    let there: string | number = token;
    if (Array.isArray(was) && Array.isArray(is)) there = indexIn(was, is, Number(token));
    else if (!isObject(was) || !isObject(is)) return pointerOf(...moved, ...tokens.slice(depth));
    was = memberOf(was, token);
    is = memberOf(is, there);
    moved.push(there);
  }
  return pointerOf(...moved);
}

function indexIn(was: readonly Json[], is: readonly Json[], index: number): number {
  const entry = was[index];
  const here = is[index];
  if (entry === undefined || here === undefined || is.length <= was.length || sameJson(entry, here)) return index;
  const found = is.findIndex((other, place) => place > index && sameJson(entry, other));
  return found === -1 ? index : found;
}

function memberOf(value: unknown, token: string | number): Json | undefined {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, token)) return undefined;
  return (value as Readonly<Record<string, Json>>)[token];
}
