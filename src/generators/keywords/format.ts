import { formats } from '../formats/index.ts';
import type { Keyword } from '../keyword.ts';
import { lengthOf } from '../text.ts';

/** Formats of numbers that are bounds. */
const ranges: Readonly<Record<string, readonly [number, number]>> = {
  int32: [-(2 ** 31), 2 ** 31 - 1],
  // A double holds no more whole numbers than these; what lies between them and the bounds of 64 bits cannot be told apart.
  int64: [Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER],
};

/** `format`: values of the format are generated, broken ones are refused where the format is one that can be broken. */
export const format: Keyword = {
  name: 'format',
  applies: ['string', 'number'],
  level: 'SHOULD',
  narrow(limits, schema) {
    const name = String(schema['format']);
    const range = Object.hasOwn(ranges, name) ? ranges[name] : undefined;
    if (formats.has(name)) limits.format = name;
    if (!range) return;
    limits.minimum = Math.max(limits.minimum, range[0]);
    limits.maximum = Math.min(limits.maximum, range[1]);
  },
  *exercise({ schema, value, alternative: { limits } }) {
    if (typeof value !== 'string') return;
    for (const [index, sample] of (formats.get(String(schema['format']))?.samples ?? []).entries()) {
      if (lengthOf(sample) >= limits.minLength && lengthOf(sample) <= limits.maxLength)
        yield { value: sample, aspect: `sample ${index + 1}` };
    }
  },
  *violate({ schema, value, alternative: { limits } }) {
    const name = String(schema['format']);
    if (typeof value === 'number' && name === 'int32' && limits.maximum === 2 ** 31 - 1) {
      yield { value: 2 ** 31, aspect: 'above', what: 'sends a number beyond 32 bits' };
    }
    if (typeof value !== 'string') return;
    const broken = (formats.get(name)?.broken ?? []).filter(
      (text) => lengthOf(text) >= limits.minLength && lengthOf(text) <= limits.maxLength,
    );
    for (const text of broken.slice(0, 1))
      yield { value: text, aspect: 'broken', what: `sends ${JSON.stringify(text)}, which is no ${name}` };
  },
};
