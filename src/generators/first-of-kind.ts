import type { Mutation } from '../model/index.ts';
import { tokensOf } from '../schema/pointer.ts';

const plainKinds: ReadonlySet<string> = new Set([
  'required',
  'type',
  'enum',
  'minimum',
  'maximum',
  'exclusiveMinimum',
  'exclusiveMaximum',
  'minLength',
  'maxLength',
  'minItems',
  'maxItems',
  'syntax',
  'media-type',
  'credentials',
  'unknown-id',
  'method',
]);

/** These name another thing each time, so that each one is the first of its kind. */
const eachCounts: ReadonlySet<string> = new Set(['required', 'credentials', 'method']);

/** Says of each mutation, in the order in which they come, whether it is the first of its kind at its place near the root. */
export function firstOfKinds(): (mutation: Mutation) => boolean {
  const seen = new Set<string>();
  return ({ keyword, in: place, instancePath, member }) => {
    if (!plainKinds.has(keyword) || tokensOf(instancePath).length > 1) return false;
    const kind = [keyword, place, instancePath, eachCounts.has(keyword) ? seen.size : (member ?? '')].join(' ');
    if (seen.has(kind)) return false;
    seen.add(kind);
    return true;
  };
}
