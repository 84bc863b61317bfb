import type { Keyword } from '../keyword.ts';

/** `minItems`: arrays of the bound and one more are sent, one entry less is refused. */
export const minItems: Keyword = {
  name: 'minItems',
  applies: ['array'],
  level: 'MUST',
  narrow(limits, schema) {
    const bound = schema['minItems'];
    if (typeof bound === 'number') limits.minItems = Math.max(limits.minItems, bound);
  },
  *exercise({ schema, alternative, build, hint }) {
    const bound = Number(schema['minItems']);
    for (const [aspect, count] of [
      ['bound', bound],
      ['above', bound + 1],
    ] as const) {
      const value = build.arrayOf(alternative, count, hint);
      if (value !== undefined) yield { value, aspect };
    }
  },
  *violate({ schema, value }) {
    const bound = Number(schema['minItems']);
    if (bound < 1 || !Array.isArray(value)) return;
    yield { value: value.slice(0, bound - 1), aspect: 'below', what: `sends ${bound - 1} entries, the minimum is ${bound}` };
  },
};
