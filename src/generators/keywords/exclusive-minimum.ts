import type { Keyword } from '../keyword.ts';
import { numberFits, plus, stepOf } from '../numbers.ts';

/** `exclusiveMinimum`: the upper neighbour of the bound is sent, the bound is refused. */
export const exclusiveMinimum: Keyword = {
  name: 'exclusiveMinimum',
  applies: ['number'],
  level: 'MUST',
  narrow(limits, schema) {
    const bound = schema['exclusiveMinimum'];
    if (typeof bound === 'number') limits.exclusiveMinimum = Math.max(limits.exclusiveMinimum, bound);
  },
  *exercise({ schema, alternative: { limits } }) {
    const bound = schema['exclusiveMinimum'];
    if (typeof bound !== 'number') return;
    const step = stepOf(limits);
    for (const [aspect, value] of [['above', plus(bound, step)]] as const) {
      if (numberFits(limits, value)) yield { value, aspect };
    }
  },
  *violate({ schema }) {
    const bound = schema['exclusiveMinimum'];
    if (typeof bound !== 'number') return;
    const value = bound;
    if (Math.abs(value) <= Number.MAX_SAFE_INTEGER)
      yield { value, aspect: 'bound', what: `sends ${value}, not above the exclusive minimum ${bound}` };
  },
};
