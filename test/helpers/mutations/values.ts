import type { Json, JsonObject, Pointer } from '../../../src/model/index.ts';
import { withValueAt, withoutValueAt } from '../../../src/schema/pointer.ts';

/** A value that lacks one member, or holds a value of another type at one place. */
export interface Broken {
  readonly kind: 'member dropped' | 'type changed';
  readonly at: Pointer;
  readonly value: Json;
}

/** One value of each JSON type. */
const ofEachType: readonly Json[] = [null, true, 7.5, 'text', [], {}];

/**
 * Every value that differs from one by a member left out or a value of another type. Entries of a list that hold the same
 * members count as one place, of which only the first few are broken.
 */
export function* brokenValues(value: Json, entriesOfPlace: number): Generator<Broken> {
  const tried = new Map<string, number>();
  const visit = function* (inner: Json, at: Pointer, place: string): Generator<Broken> {
    const before = tried.get(place) ?? 0;
    tried.set(place, before + 1);
    if (before >= entriesOfPlace) return;
    if (at !== '' && !place.endsWith('*')) yield { kind: 'member dropped', at, value: withoutValueAt(value, at) };
    for (const other of ofEachType)
      if (typeOf(other) !== typeOf(inner)) yield { kind: 'type changed', at, value: at === '' ? other : withValueAt(value, at, other) };
    if (typeof inner !== 'object' || inner === null) return;
    for (const [name, member] of Object.entries(inner)) {
      const token = Array.isArray(inner) ? `${shapeOf(member)}*` : name;
      yield* visit(member, `${at}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`, `${place}/${token}`);
    }
  };
  yield* visit(value, '', '');
}

function shapeOf(value: Json): string {
  return typeof value === 'object' && value !== null
    ? `${Object.keys(value).join()} ${String((value as JsonObject)['type'])}`
    : typeOf(value);
}

function typeOf(value: Json): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'array' : typeof value;
}
