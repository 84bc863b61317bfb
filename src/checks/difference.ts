import type { Json, JsonObject } from '../model/index.ts';
import { pointerOf, tokensOf } from '../schema/pointer.ts';

/** The first place where two values differ; what is absent is shown as `nothing`. */
export interface Difference {
  readonly at: string;
  readonly left: string;
  readonly right: string;
}

/** How two values are compared. */
export interface Comparison {
  /** Pointer patterns of what may differ, with `*` for any one token. */
  readonly ignore?: readonly string[];
  /** A member that is null equals one that is absent: clients read answers so. */
  readonly nullIsAbsent?: boolean;
}

/** The first place where two answers differ, null and absent read alike. */
export function firstDifference(left: Json | undefined, right: Json | undefined, ignore: readonly string[]): Difference | undefined {
  const { value, done } = allDifferences(left, right, { ignore, nullIsAbsent: true })[Symbol.iterator]().next();
  return done ? undefined : value;
}

/** Compares two JSON values member by member, in the order of the left one. */
export function allDifferences(left: Json | undefined, right: Json | undefined, options: Comparison = {}): Iterable<Difference> {
  const patterns = (options.ignore ?? []).map((pattern) => tokensOf(pattern));
  const read = (value: Json | undefined): Json | undefined => (options.nullIsAbsent ? (value ?? undefined) : value);
  return compare(read(left), read(right), []);

  function* compare(one: Json | undefined, other: Json | undefined, path: readonly string[]): Iterable<Difference> {
    if (patterns.some((pattern) => fits(pattern, path))) return;
    if (Array.isArray(one) && Array.isArray(other) && one.length === other.length) {
      for (const [index, entry] of (one as readonly Json[]).entries()) {
        yield* compare(read(entry), read(other[index] as Json), [...path, String(index)]);
      }
    } else if (isObject(one) && isObject(other)) {
      const names = new Set([...Object.keys(one), ...Object.keys(other)]);
      for (const name of names) yield* compare(read(own(one, name)), read(own(other, name)), [...path, name]);
    } else if (one !== other) {
      const [left, right] = shownApart(one, other);
      yield { at: pointerOf(...path), left, right };
    }
  }
}

function own(value: JsonObject, name: string): Json | undefined {
  return Object.hasOwn(value, name) ? value[name] : undefined;
}

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function fits(pattern: readonly string[], path: readonly string[]): boolean {
  return pattern.length === path.length && pattern.every((token, index) => token === '*' || token === path[index]);
}

const longestShown = 160;

/** Both values in words that differ: long lists, whose beginnings may be alike, by their lengths. */
function shownApart(left: Json | undefined, right: Json | undefined): [string, string] {
  const texts = [left, right].map((value) => (value === undefined ? 'nothing' : JSON.stringify(value)));
  const isLong = texts.some((text) => text.length > longestShown);
  if (isLong && Array.isArray(left) && Array.isArray(right)) return [entries(left.length), entries(right.length)];
  const [one = '', other = ''] = texts.map((text) => (text.length > longestShown ? `${text.slice(0, longestShown - 1)}…` : text));
  return [one, other];
}

function entries(count: number): string {
  return count === 1 ? '1 entry' : `${count} entries`;
}
