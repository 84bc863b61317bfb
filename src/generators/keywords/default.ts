import type { Keyword } from '../keyword.ts';
import { jsonTypes } from '../shape.ts';

/** `default`: the value that stands for an absent one is sent as well; any value may differ from it. */
export const defaultValue: Keyword = {
  name: 'default',
  applies: jsonTypes,
  level: 'MAY',
  narrow() {
    // An annotation: it limits nothing.
  },
  *exercise({ schema, place, build }) {
    const value = schema['default'];
    // Some documents state defaults that break their own schema: those are entries of the lint report.
    if (value !== undefined && build.accepts(place, value)) yield { value, aspect: 'stated' };
  },
  *violate() {
    // Nothing breaks an annotation.
  },
};
