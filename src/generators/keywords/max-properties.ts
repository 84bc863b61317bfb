import { isObject } from '../../schema/json.ts';
import { pointerOf } from '../../schema/pointer.ts';
import type { Keyword } from '../keyword.ts';

const most = 2_000;

/** `maxProperties`: as many members as the bound are sent, one more is refused. */
export const maxProperties: Keyword = {
  name: 'maxProperties',
  applies: ['object'],
  level: 'MUST',
  startsAfresh: true,
  narrow(limits, schema) {
    const bound = schema['maxProperties'];
    if (typeof bound === 'number') limits.maxProperties = Math.min(limits.maxProperties, bound);
  },
  *exercise({ schema, alternative, build }) {
    const bound = Number(schema['maxProperties']);
    if (bound > most) return;
    for (const [aspect, count] of [
      ['bound', bound],
      ['below', bound - 1],
    ] as const) {
      const value = build.withCount(alternative, count);
      if (value !== undefined) yield { value, aspect };
    }
  },
  *violate({ schema, alternative, build }) {
    const bound = Number(schema['maxProperties']);
    if (bound > most) return;
    const from = build.withCount(alternative, bound);
    const more = build.withCount({ ...alternative, limits: { ...alternative.limits, maxProperties: Infinity } }, bound + 1);
    if (!isObject(from) || !isObject(more)) return;
    const added = Object.keys(more).find((name) => !Object.hasOwn(from, name));
    const value = added === undefined ? undefined : more[added];
    if (added === undefined || value === undefined) return;
    yield { at: pointerOf(added), value, aspect: 'above', what: `sends ${bound + 1} members, the maximum is ${bound}`, from };
  },
};
