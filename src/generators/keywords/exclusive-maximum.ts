import type { Keyword } from '../keyword.ts';
import { numberFits, plus, stepOf } from '../numbers.ts';

/** `exclusiveMaximum`: the lower neighbour of the bound is sent, the bound is refused. */
export const exclusiveMaximum: Keyword = {
  name: 'exclusiveMaximum',
  applies: ['number'],
  level: 'MUST',
  narrow(limits, schema) {
    const bound = schema['exclusiveMaximum'];
    if (typeof bound === 'number') limits.exclusiveMaximum = Math.min(limits.exclusiveMaximum, bound);
  },
  *exercise({ schema, alternative: { limits } }) {
    const bound = schema['exclusiveMaximum'];
    if (typeof bound !== 'number') return;
    const step = stepOf(limits);
    for (const [aspect, value] of [['below', plus(bound, -step)]] as const) {
      if (numberFits(limits, value)) yield { value, aspect };
    }
  },
  *violate({ schema }) {
    const bound = schema['exclusiveMaximum'];
    if (typeof bound !== 'number') return;
    const value = bound;
    if (Math.abs(value) <= Number.MAX_SAFE_INTEGER)
      yield { value, aspect: 'bound', what: `sends ${value}, not below the exclusive maximum ${bound}` };
  },
};
