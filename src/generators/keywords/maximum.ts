import type { Keyword } from '../keyword.ts';
import { numberFits, plus, stepOf } from '../numbers.ts';

/** `maximum`: the bound and its lower neighbour are sent, its upper neighbour is refused. */
export const maximum: Keyword = {
  name: 'maximum',
  applies: ['number'],
  level: 'MUST',
  narrow(limits, schema) {
    const bound = schema['maximum'];
    if (typeof bound === 'number') limits.maximum = Math.min(limits.maximum, bound);
  },
  *exercise({ schema, alternative: { limits } }) {
    const bound = schema['maximum'];
    if (typeof bound !== 'number') return;
    const step = stepOf(limits);
    for (const [aspect, value] of [
      ['bound', bound],
      ['below', plus(bound, -step)],
    ] as const) {
      if (numberFits(limits, value)) yield { value, aspect };
    }
  },
  *violate({ schema, alternative: { limits } }) {
    const bound = schema['maximum'];
    if (typeof bound !== 'number') return;
    const value = plus(bound, stepOf(limits));
    if (Math.abs(value) <= Number.MAX_SAFE_INTEGER) yield { value, aspect: 'above', what: `sends ${value}, above the maximum ${bound}` };
  },
};
