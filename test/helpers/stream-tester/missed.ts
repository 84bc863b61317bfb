import type { Assertion, EntityRow, JsonObject, StreamGrammar } from '../../../src/model/index.ts';
import { decided, type Scope } from './decided.ts';
import { type Value, assertionsOf, testsOf } from './grammar-tables.ts';
import type { Sent } from './trace.ts';

/** Where a walk of a trace stands. */
export interface Place {
  readonly grammar: StreamGrammar;
  readonly events: readonly Sent[];
  readonly request: JsonObject | undefined;
  /** The entities that each event names. */
  readonly ids: readonly (readonly string[])[];
  readonly index: number;
  readonly opened: ReadonlySet<string>;
}

interface Opening {
  readonly entity: EntityRow;
  readonly name: string;
  readonly id: string;
  readonly parent: string;
}

/** Whether a part that opens by itself is missed where the event is that opens it: by its later events, its siblings, or a rule. */
export function isMissed({ entity, name, id, parent }: Opening, place: Place): boolean {
  const all = place.ids.flat();
  const later = new Set(place.ids.slice(place.index + 1).flat());
  if (later.has(id)) return entity.openChecks !== undefined;
  if (entity.count !== undefined) return true;
  const family = `${parent}/${name}:`;
  const siblings = all.filter((other) => other.startsWith(family) && other !== id && !other.slice(family.length).includes('/'));
  if (entity.order !== undefined && siblings.some((other) => later.has(other) && !place.opened.has(other))) return true;
  const counting = assertionsOf(place.grammar).filter(({ when }) =>
    testsOf(when).some((test) => 'children' in test && test.children === name),
  );
  const children = (other: string): boolean => other !== name && all.some((one) => one.startsWith(`${parent}/${other}:`));
  return siblings.length === 0 && counting.some((one) => isBroken(one, children, place));
}

/** Whether a later event breaks a rule about the children of its entity. */
function isBroken({ when, that }: Assertion, children: (name: string) => boolean, { events, request, index }: Place): boolean {
  const within = (subject: Value): boolean => {
    if (typeof subject !== 'object' || subject === null) return false;
    const of: Scope = { subject, request, children };
    const breaks = decided(when, of) === true && (that === undefined || decided(that, of) === false);
    return breaks || Object.values(subject).some((inner) => within(inner as Value));
  };
  return events.slice(index + 1).some((sent) => within(sent.data));
}
