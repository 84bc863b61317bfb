import type { Json, StreamEvent } from '../model/index.ts';

const known = new WeakMap<StreamEvent, { readonly value: Json | undefined }>();

/** The data of an event as JSON, `undefined` where it is none. */
export function jsonOfEvent(event: StreamEvent): Json | undefined {
  const before = known.get(event);
  return before === undefined ? parsed(event.data) : before.value;
}

/**
 * Parses an event once for all that will look at it. To remember costs a third of parsing: nothing for the events of a
 * stream that is judged while it comes, most of which are never looked at again.
 */
export function rememberJson(event: StreamEvent): void {
  known.set(event, { value: parsed(event.data) });
}

function parsed(data: string | undefined): Json | undefined {
  try {
    return data === undefined ? undefined : (JSON.parse(data) as Json);
  } catch {
    return undefined;
  }
}
