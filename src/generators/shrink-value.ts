import type { Json, Pointer } from '../model/index.ts';
import { isObject } from '../schema/json.ts';
import { pointerOf, withValueAt, withoutValueAt } from '../schema/pointer.ts';

/**
 * Smaller forms of a value: first without one of its members or entries, the largest first and at any depth, then with
 * shorter texts and plainer numbers. Whether they are valid is not decided here. `keep` is a place that stays as it is;
 * `fixed` says of a place that its value means something and has no plainer one.
 */
export function* smallerValues(value: Json, keep?: Pointer, fixed: (at: Pointer) => boolean = () => false): Iterable<Json> {
  const places = [...placesIn(value, '')].filter(({ at }) => at !== '' && !touches(at, keep));
  for (const { at } of places.toSorted((a, b) => b.size - a.size || (a.at < b.at ? -1 : 1))) yield withoutValueAt(value, at);
  for (const { at, here } of places) {
    for (const plainer of fixed(at) ? [] : plainerThan(here)) yield withValueAt(value, at, plainer);
  }
  if (keep === undefined) yield* plainerThan(value);
}

/** A place may not go where the kept one is in it, is below it, or would move: a later entry of the same array. */
function touches(at: Pointer, keep: Pointer | undefined): boolean {
  if (keep === undefined) return false;
  if (keep === at || keep.startsWith(`${at}/`) || at.startsWith(`${keep}/`)) return true;
  const parent = at.slice(0, at.lastIndexOf('/') + 1);
  const index = Number(at.slice(parent.length));
  if (!Number.isInteger(index) || !keep.startsWith(parent)) return false;
  const kept = Number(keep.slice(parent.length).split('/')[0]);
  return Number.isInteger(kept) && index < kept;
}

function* placesIn(value: Json, at: Pointer): Iterable<{ readonly at: Pointer; readonly here: Json; readonly size: number }> {
  yield { at, here: value, size: JSON.stringify(value).length };
  if (Array.isArray(value)) for (const [index, entry] of value.entries()) yield* placesIn(entry as Json, `${at}/${index}`);
  else if (isObject(value)) for (const [name, inner] of Object.entries(value)) yield* placesIn(inner, at + pointerOf(name));
}

function plainerThan(value: Json): Json[] {
  if (typeof value === 'string' && value.length > 1) {
    const points = [...value];
    return ['a', points.slice(0, Math.ceil(points.length / 2)).join('')].filter((one) => one !== value);
  }
  if (typeof value === 'number' && value !== 0 && value !== 1) {
    return [...new Set([0, 1, Math.trunc(value / 2), Math.trunc(value)])].filter((one) => Math.abs(one) < Math.abs(value));
  }
  return [];
}
