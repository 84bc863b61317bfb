import type { Keyword } from '../keyword.ts';
import { textOfLength } from '../text.ts';

// Beyond this a request would test the size limits of servers on the way, not the keyword.
const longest = 1_100_000;

/** `maxLength`: strings of the bound and one less are sent, one character more is refused. */
export const maxLength: Keyword = {
  name: 'maxLength',
  applies: ['string'],
  level: 'MUST',
  narrow(limits, schema) {
    const bound = schema['maxLength'];
    if (typeof bound === 'number') limits.maxLength = Math.min(limits.maxLength, bound);
  },
  *exercise({ schema, alternative: { limits }, hint }) {
    const bound = Number(schema['maxLength']);
    for (const [aspect, length] of [
      ['bound', bound],
      ['below', bound - 1],
    ] as const) {
      const value = length >= limits.minLength && length <= limits.maxLength ? textOfLength(limits, hint, length) : undefined;
      if (value !== undefined) yield { value, aspect };
    }
  },
  *violate({ schema, alternative: { limits }, hint }) {
    const bound = Number(schema['maxLength']);
    if (bound + 1 > longest) return;
    const value = textOfLength(limits, hint, bound + 1) ?? 'x'.repeat(bound + 1);
    yield { value, aspect: 'above', what: `sends a string of ${bound + 1} characters, the maximum is ${bound}` };
  },
};
