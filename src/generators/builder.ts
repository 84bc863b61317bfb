import type { Json, JsonObject, SchemaError } from '../model/index.ts';
import type { Alternative, JsonType, Place } from './shape.ts';

/** Builds plain values that satisfy places: always the same for the same place. `undefined` means that none was found. */
export interface Builder {
  alternativesOf(places: readonly Place[]): readonly Alternative[];
  refined(alternative: Alternative, places: readonly Place[]): readonly Alternative[];
  /** Whether the judge takes the value for the schema there. */
  accepts(place: Place, value: Json): boolean;
  /** The judge's errors of a value against the schema at a place. */
  errors(place: Place, value: Json): readonly SchemaError[];
  memberOf(alternative: Alternative, name: string): readonly Place[] | undefined;
  entryOf(alternative: Alternative, index: number): readonly Place[] | undefined;
  /** How deep the smallest value that satisfies the places is nested: 1 for a scalar; 0 where none does. */
  height(places: readonly Place[]): number;
  /** The same for one type of an alternative, `undefined` where it has none; with `entries`, of an array that is not empty. */
  heightOf(alternative: Alternative, type: JsonType, entries?: boolean): number | undefined;
  /** Names of members that may be left out. */
  optionalNames(alternative: Alternative): readonly string[];
  /** The smallest value of the plainest alternative; null only where nothing else is allowed. */
  smallest(places: readonly Place[], hint: string): Json | undefined;
  /** The smallest value of one alternative. */
  of(alternative: Alternative, hint: string): Json | undefined;
  ofType(alternative: Alternative, type: JsonType, hint: string): Json | undefined;
  /** An array of exactly that many entries, different ones where they must be. */
  arrayOf(alternative: Alternative, count: number, hint: string): readonly Json[] | undefined;
  /** The smallest object with these members besides, and what they need; values given are taken as they are. */
  withMembers(alternative: Alternative, names: readonly string[], values?: ReadonlyMap<string, Json>): JsonObject | undefined;
  /** An object of exactly that many members: declared ones first, then further ones. */
  withCount(alternative: Alternative, count: number): JsonObject | undefined;
  /** The smallest object with that many members beyond the declared ones. */
  withExtra(alternative: Alternative, count: number): JsonObject | undefined;
  /** The smallest value of a member beyond the declared ones. */
  extraValue(alternative: Alternative): Json | undefined;
}
