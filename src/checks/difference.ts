import type { Json, JsonObject } from '../model/index.ts';
import { pointerOf, tokensOf } from '../schema/pointer.ts';

/** The first place where two values differ; what is absent is shown as `nothing`. */
export interface Difference {
  readonly at: string;
  readonly left: string;
  readonly right: string;
}

/**
 * Compares two JSON values member by member, in the order of the left one. A member that is null equals one that is
 * absent: clients read both alike. `ignore` holds pointer patterns with `*` for any one token.
 */
export function firstDifference(left: Json | undefined, right: Json | undefined, ignore: readonly string[]): Difference | undefined {
  const patterns = ignore.map((pattern) => tokensOf(pattern));
  return compare(left ?? undefined, right ?? undefined, []);

  function compare(one: Json | undefined, other: Json | undefined, path: readonly string[]): Difference | undefined {
    if (patterns.some((pattern) => fits(pattern, path))) return undefined;
    if (Array.isArray(one) && Array.isArray(other) && one.length === other.length) {
      return first(
        one.map((entry: Json, index) => compare(entry ?? undefined, (other[index] as Json) ?? undefined, [...path, String(index)])),
      );
    }
    if (isObject(one) && isObject(other)) {
      const names = new Set([...Object.keys(one), ...Object.keys(other)]);
      return first([...names].map((name) => compare(own(one, name), own(other, name), [...path, name])));
    }
    return one === other ? undefined : { at: pointerOf(...path), left: shown(one), right: shown(other) };
  }
}

function first(differences: readonly (Difference | undefined)[]): Difference | undefined {
  return differences.find((difference) => difference !== undefined);
}

function own(value: JsonObject, name: string): Json | undefined {
  return Object.hasOwn(value, name) ? (value[name] ?? undefined) : undefined;
}

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function fits(pattern: readonly string[], path: readonly string[]): boolean {
  return pattern.length === path.length && pattern.every((token, index) => token === '*' || token === path[index]);
}

function shown(value: Json | undefined): string {
  const text = value === undefined ? 'nothing' : JSON.stringify(value);
  return text.length > 160 ? `${text.slice(0, 159)}…` : text;
}
