import type { Json, JsonObject, StreamEvent } from 'assay/pack';

/** The payloads of a stream as JSON objects, the sentinel and what does not parse left out. */
export function payloadsOf(events: readonly StreamEvent[]): JsonObject[] {
  return events.flatMap((event) => {
    const value = parsed(event.data);
    return isObject(value) ? [value] : [];
  });
}

function parsed(data: string | undefined): unknown {
  try {
    return data === undefined ? undefined : JSON.parse(data);
  } catch {
    return undefined;
  }
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The member where it is an object, else an empty one. */
export function objectAt(value: JsonObject, name: string): JsonObject {
  const found = own(value, name);
  return isObject(found) ? found : {};
}

/** The objects of the member where it is an array. */
export function objectsAt(value: JsonObject, name: string): JsonObject[] {
  const found = own(value, name);
  return Array.isArray(found) ? found.filter(isObject) : [];
}

export function textAt(value: JsonObject, name: string): string | undefined {
  const found = own(value, name);
  return typeof found === 'string' ? found : undefined;
}

export function own(value: JsonObject, name: string): Json | undefined {
  return Object.hasOwn(value, name) ? value[name] : undefined;
}

/** Two texts joined, where either may be missing. */
export function joined(before: string | undefined, more: string | undefined): string | undefined {
  return more === undefined ? before : (before ?? '') + more;
}
