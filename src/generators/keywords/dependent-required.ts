import { isObject } from '../../schema/json.ts';
import { pointerOf } from '../../schema/pointer.ts';
import type { Keyword } from '../keyword.ts';

/** `dependentRequired`: a member comes with those it needs; leaving one of them out is refused. */
export const dependentRequired: Keyword = {
  name: 'dependentRequired',
  applies: ['object'],
  level: 'MUST',
  startsAfresh: true,
  narrow(limits, schema) {
    for (const [name, needed] of entriesOf(schema['dependentRequired'])) {
      limits.dependent.set(name, new Set([...(limits.dependent.get(name) ?? []), ...needed]));
    }
  },
  *exercise({ schema, alternative, build }) {
    for (const [name] of entriesOf(schema['dependentRequired'])) {
      const value = build.withMembers(alternative, [name]);
      if (value !== undefined) yield { value, aspect: name };
    }
  },
  *violate({ schema, alternative, build }) {
    for (const [name, needed] of entriesOf(schema['dependentRequired'])) {
      const from = build.withMembers(alternative, [name]);
      if (from === undefined) continue;
      for (const one of needed) {
        yield {
          at: pointerOf(one),
          aspect: `${name} without ${one}`,
          what: `sends ${JSON.stringify(name)} without ${JSON.stringify(one)}, which it needs`,
          member: one,
          from,
        };
      }
    }
  },
};

function entriesOf(value: unknown): [string, string[]][] {
  if (!isObject(value)) return [];
  return Object.entries(value).map(([name, needed]) => [
    name,
    Array.isArray(needed) ? needed.filter((one) => typeof one === 'string') : [],
  ]);
}
