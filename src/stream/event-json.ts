import type { Json, StreamEvent } from '../model/index.ts';

const known = new WeakMap<StreamEvent, { readonly value: Json | undefined }>();

/** The data of an event as JSON, `undefined` where it is none; parsed once for all that look at it. */
export function jsonOfEvent(event: StreamEvent): Json | undefined {
  const before = known.get(event);
  if (before !== undefined) return before.value;
  const value = parsed(event.data);
  known.set(event, { value });
  return value;
}

function parsed(data: string | undefined): Json | undefined {
  try {
    return data === undefined ? undefined : (JSON.parse(data) as Json);
  } catch {
    return undefined;
  }
}
