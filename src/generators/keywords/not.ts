import { under, type Keyword } from '../keyword.ts';
import { jsonTypes } from '../shape.ts';

/** `not`: a value that fits the inner schema is refused. Simple forms narrow generation; others are left to the judge. */
export const not: Keyword = {
  name: 'not',
  applies: jsonTypes,
  level: 'MUST',
  narrow() {
    // Turned into limits by `negate.ts`, before narrowing.
  },
  *exercise({ value }) {
    yield { value, aspect: 'outside' };
  },
  *violate({ schema, place, alternative, build, hint }) {
    const inner = under(place, schema['not'], 'not');
    if (!inner) return;
    const others = alternative.places.filter((one) => one.derived !== place.pointer && one.pointer !== place.pointer);
    const { not: _, ...rest } = schema;
    const value = build.smallest([...others, { ...place, schema: rest, derived: `${place.pointer}#not` }, inner], hint);
    if (value !== undefined) yield { value, aspect: 'inside', what: 'sends what "not" forbids' };
  },
};
