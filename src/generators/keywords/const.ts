import { sameJson } from '../../schema/json.ts';
import { aspectOf } from './enum.ts';
import type { Keyword } from '../keyword.ts';
import { jsonTypes } from '../shape.ts';

/** `const`: the one value is sent; another of the same type is refused. */
export const constant: Keyword = {
  name: 'const',
  applies: jsonTypes,
  level: 'MUST',
  narrow(limits, schema) {
    const value = schema['const'];
    if (value === undefined) return;
    limits.values = (limits.values ?? [value]).filter((one) => sameJson(one, value));
  },
  *exercise({ schema }) {
    const value = schema['const'];
    if (value !== undefined) yield { value, aspect: aspectOf(value) };
  },
  *violate({ schema }) {
    const value = schema['const'];
    if (value === undefined) return;
    const other =
      typeof value === 'string'
        ? 'not-the-constant'
        : typeof value === 'number'
          ? value + 1
          : typeof value === 'boolean'
            ? !value
            : 'not-the-constant';
    yield { value: other, aspect: 'other', what: `sends ${JSON.stringify(other)} where only ${JSON.stringify(value)} is allowed` };
  },
};
