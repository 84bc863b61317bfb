import type { Operation, PlannedRequest, Slot } from '../model/index.ts';
import { pointerOf, withValueAt } from '../schema/pointer.ts';

/** Overwrites the slots of a planned request with values of the run; the path is made again where a path parameter changed. */
export function fillSlots(
  request: PlannedRequest,
  slots: readonly Slot[],
  values: ReadonlyMap<string, string>,
  operation: Operation,
): PlannedRequest {
  let filled = request;
  let pathChanged = false;
  for (const slot of slots) {
    const value = values.get(slot.from);
    if (value === undefined) continue;
    filled = withValueAt(filled as never, slot.at, value) as never as PlannedRequest;
    pathChanged ||= slot.at.startsWith('/pathParameters/');
  }
  return pathChanged ? { ...filled, path: expandPath(operation, filled.pathParameters) } : filled;
}

/** The path template with serialised, percent-encoded values put in. */
export function expandPath(operation: Operation, values: Readonly<Record<string, string>>): string {
  return operation.path.replaceAll(/\{([^}]+)\}/g, (whole, name: string) => {
    const value = Object.hasOwn(values, name) ? values[name] : undefined;
    return value === undefined ? whole : encodeURIComponent(value);
  });
}

/** Whether a slot names a resource (`assistant.id`) and which family; run bindings such as `model` have none. */
export function familyOf(slot: Slot): string | undefined {
  return slot.from.endsWith('.id') ? slot.from.slice(0, -'.id'.length) : undefined;
}

/** Where a path parameter's slot points. */
export function pathSlot(name: string): string {
  return pointerOf('pathParameters', name);
}
