import type { Keyword } from '../keyword.ts';
import { lengthOf, regexOf } from '../text.ts';

const strangers = ['!', '!!', '~ ~', 'é', '0', 'a', '-', ' ', '\u00a7 no match', 'no/match', '!'.repeat(64), 'x', 'XX', 'xxx', '12345', ''];

/** `pattern`: strings that match are generated, a string that does not is refused. */
export const pattern: Keyword = {
  name: 'pattern',
  applies: ['string'],
  level: 'SHOULD',
  narrow(limits, schema) {
    if (typeof schema['pattern'] === 'string') limits.patterns.push(schema['pattern']);
  },
  *exercise({ value }) {
    if (typeof value === 'string') yield { value, aspect: 'match' };
  },
  *violate({ schema, value, alternative: { limits } }) {
    const text = String(schema['pattern']);
    const regex = regexOf(text);
    if (!regex || typeof value !== 'string') return;
    const fits = (one: string) => lengthOf(one) >= limits.minLength && lengthOf(one) <= limits.maxLength;
    const broken = [`${value}!`, `!${value}`, ...strangers].filter((one) => !regex.test(one));
    const chosen = broken.find(fits);
    if (chosen !== undefined)
      yield { value: chosen, aspect: 'no-match', what: `sends ${JSON.stringify(chosen.slice(0, 40))}, which does not match ${text}` };
  },
};
