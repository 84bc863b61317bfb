import type { Json } from '../model/index.ts';
import { isObject, sameJson } from './json.ts';
import { compilePattern } from './pattern.ts';
import { typeOf } from './describe.ts';

/** Whether the value fits a keyword that looks at nothing but the value; the answers are those of ajv. */
type Leaf = (limit: Json, value: unknown) => boolean;

const forNumbers =
  (fits: (limit: number, value: number) => boolean): Leaf =>
  (limit, value) =>
    typeof value !== 'number' || fits(Number(limit), value);
const forText =
  (fits: (limit: number, length: number) => boolean): Leaf =>
  (limit, value) =>
    // Code points, as JSON Schema counts.
    typeof value !== 'string' || fits(Number(limit), [...value].length);
const forLists =
  (fits: (limit: number, length: number) => boolean): Leaf =>
  (limit, value) =>
    !Array.isArray(value) || fits(Number(limit), value.length);
const forObjects =
  (fits: (limit: number, size: number) => boolean): Leaf =>
  (limit, value) =>
    !isObject(value) || fits(Number(limit), Object.keys(value).length);
const atLeast = (limit: number, count: number): boolean => count >= limit;
const atMost = (limit: number, count: number): boolean => count <= limit;

/** The keywords without subschemas, but `type`, `required` and `format`. */
export const leafKeywords: ReadonlyMap<string, Leaf> = new Map<string, Leaf>([
  ['const', (limit, value) => sameJson(limit, value)],
  ['enum', (limit, value) => Array.isArray(limit) && limit.some((entry) => sameJson(entry, value))],
  ['minimum', forNumbers((limit, value) => value >= limit)],
  ['maximum', forNumbers((limit, value) => value <= limit)],
  ['exclusiveMinimum', forNumbers((limit, value) => value > limit)],
  ['exclusiveMaximum', forNumbers((limit, value) => value < limit)],
  // As ajv divides, with its rounding.
  ['multipleOf', forNumbers((limit, value) => value / limit === Number.parseInt(String(value / limit), 10))],
  ['minLength', forText(atLeast)],
  ['maxLength', forText(atMost)],
  ['pattern', (limit, value) => typeof value !== 'string' || (compilePattern(String(limit))?.test(value) ?? true)],
  ['minItems', forLists(atLeast)],
  ['maxItems', forLists(atMost)],
  ['uniqueItems', (limit, value) => limit !== true || !Array.isArray(value) || allDiffer(value)],
  ['minProperties', forObjects(atLeast)],
  ['maxProperties', forObjects(atMost)],
]);

/** Whether the value has the type, or one of the types. */
export function hasType(type: Json, value: unknown): boolean {
  if (Array.isArray(type)) return type.some((entry) => hasType(entry, value));
  const actual = typeOf(value);
  return actual === type || (actual === 'integer' && type === 'number');
}

function allDiffer(values: readonly unknown[]): boolean {
  return values.every((value, index) => values.slice(0, index).every((other) => !sameJson(other, value)));
}
