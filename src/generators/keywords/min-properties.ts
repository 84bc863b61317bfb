import { isObject } from '../../schema/json.ts';
import { pointerOf } from '../../schema/pointer.ts';
import type { Keyword } from '../keyword.ts';

/** `minProperties`: as many members as the bound are sent, one less is refused. */
export const minProperties: Keyword = {
  name: 'minProperties',
  applies: ['object'],
  level: 'MUST',
  startsAfresh: true,
  narrow(limits, schema) {
    const bound = schema['minProperties'];
    if (typeof bound === 'number') limits.minProperties = Math.max(limits.minProperties, bound);
  },
  *exercise({ value, alternative, build }) {
    yield { value, aspect: 'bound' };
    const more = build.withCount(alternative, alternative.limits.minProperties + 1);
    if (more !== undefined) yield { value: more, aspect: 'above' };
  },
  *violate({ schema, alternative, build }) {
    const bound = Number(schema['minProperties']);
    const from = build.withCount(alternative, bound);
    if (!isObject(from) || bound < 1) return;
    const spare = Object.keys(from)
      .filter((name) => !alternative.limits.required.has(name))
      .at(-1);
    if (spare !== undefined)
      yield { at: pointerOf(spare), aspect: 'below', what: `sends ${bound - 1} members, the minimum is ${bound}`, from };
  },
};
