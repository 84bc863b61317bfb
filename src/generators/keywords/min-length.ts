import type { Keyword } from '../keyword.ts';
import { textOfLength } from '../text.ts';

/** `minLength`: strings of the bound and one more are sent, one character less is refused. */
export const minLength: Keyword = {
  name: 'minLength',
  applies: ['string'],
  level: 'MUST',
  narrow(limits, schema) {
    const bound = schema['minLength'];
    if (typeof bound === 'number') limits.minLength = Math.max(limits.minLength, bound);
  },
  *exercise({ schema, alternative: { limits }, hint }) {
    const bound = Number(schema['minLength']);
    for (const [aspect, length] of [
      ['bound', bound],
      ['above', bound + 1],
    ] as const) {
      const value = length >= limits.minLength && length <= limits.maxLength ? textOfLength(limits, hint, length) : undefined;
      if (value !== undefined) yield { value, aspect };
    }
  },
  *violate({ schema, alternative: { limits }, hint }) {
    const bound = Number(schema['minLength']);
    if (bound < 1) return;
    const value = textOfLength(limits, hint, bound - 1) ?? 'x'.repeat(bound - 1);
    yield { value, aspect: 'below', what: `sends a string of ${bound - 1} characters, the minimum is ${bound}` };
  },
};
