import type { Json, JsonObject } from 'assay/pack';

/** Whether a value is a JSON object. */
export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The value where it is an object, else an empty one. */
export function objectOf(value: Json | undefined): JsonObject {
  return isObject(value) ? value : {};
}

/** The entries where the value is an array, else none. */
export function listFrom(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? (value as readonly Json[]) : [];
}

/** The objects of an array. */
export function objectsOf(value: Json | undefined): JsonObject[] {
  return listFrom(value).filter(isObject);
}

export function stringOf(value: Json | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

export function numberOf(value: Json | undefined): number | undefined {
  return typeof value === 'number' ? value : undefined;
}

/** The strings of a value that is one string or an array of them. */
export function stringsOf(value: Json | undefined): string[] {
  if (typeof value === 'string') return [value];
  return listFrom(value).filter((entry) => typeof entry === 'string');
}

/** Members whose value is not `undefined`, for objects with optional members. */
export function defined(members: Readonly<Record<string, Json | undefined>>): JsonObject {
  return Object.fromEntries(Object.entries(members).filter((member): member is [string, Json] => member[1] !== undefined));
}
