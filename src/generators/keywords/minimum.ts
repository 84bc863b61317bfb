import type { Keyword } from '../keyword.ts';
import { numberFits, plus, stepOf } from '../numbers.ts';

/** `minimum`: the bound and its upper neighbour are sent, its lower neighbour is refused. */
export const minimum: Keyword = {
  name: 'minimum',
  applies: ['number'],
  level: 'MUST',
  narrow(limits, schema) {
    const bound = schema['minimum'];
    if (typeof bound === 'number') limits.minimum = Math.max(limits.minimum, bound);
  },
  *exercise({ schema, alternative: { limits } }) {
    const bound = schema['minimum'];
    if (typeof bound !== 'number') return;
    const step = stepOf(limits);
    for (const [aspect, value] of [
      ['bound', bound],
      ['above', plus(bound, step)],
    ] as const) {
      if (numberFits(limits, value)) yield { value, aspect };
    }
  },
  *violate({ schema, alternative: { limits } }) {
    const bound = schema['minimum'];
    if (typeof bound !== 'number') return;
    const value = plus(bound, -stepOf(limits));
    if (Math.abs(value) <= Number.MAX_SAFE_INTEGER) yield { value, aspect: 'below', what: `sends ${value}, below the minimum ${bound}` };
  },
};
