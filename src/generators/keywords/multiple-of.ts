import type { Keyword } from '../keyword.ts';
import { highest, lowest, numberFits } from '../numbers.ts';

/** `multipleOf`: two multiples are sent, a value between two of them is refused. */
export const multipleOf: Keyword = {
  name: 'multipleOf',
  applies: ['number'],
  level: 'MUST',
  narrow(limits, schema) {
    const multiple = schema['multipleOf'];
    if (typeof multiple === 'number' && multiple > 0) limits.multiples.push(multiple);
  },
  *exercise({ schema, alternative: { limits } }) {
    const multiple = schema['multipleOf'];
    if (typeof multiple !== 'number') return;
    const start = Math.max(1, Number.isFinite(lowest(limits)) ? Math.ceil(lowest(limits) / multiple) : 1);
    for (const [aspect, factor] of [
      ['multiple', start],
      ['next', start + 1],
    ] as const) {
      if (numberFits(limits, multiple * factor)) yield { value: multiple * factor, aspect };
    }
  },
  *violate({ schema, value, alternative: { limits } }) {
    const multiple = schema['multipleOf'];
    if (typeof multiple !== 'number' || typeof value !== 'number') return;
    const between = limits.integer ? value + 1 : value + multiple / 2;
    const within = between <= highest(limits) ? between : value - (between - value);
    if (!Number.isInteger(within / multiple))
      yield { value: within, aspect: 'between', what: `sends ${within}, which is no multiple of ${multiple}` };
  },
};
