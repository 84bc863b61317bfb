import { under, type Keyword } from '../keyword.ts';

/** `contains` with `minContains` and `maxContains`: as many fitting entries as asked for are generated, fewer or more are refused. */
export const contains: Keyword = {
  name: 'contains',
  applies: ['array'],
  level: 'MUST',
  narrow(limits, schema, place) {
    const inner = under(place, schema['contains'], 'contains');
    if (!inner) return;
    const min = typeof schema['minContains'] === 'number' ? schema['minContains'] : 1;
    const max = typeof schema['maxContains'] === 'number' ? schema['maxContains'] : Infinity;
    limits.contains.push({ place: inner, min, max });
    limits.minItems = Math.max(limits.minItems, min);
  },
  *exercise({ value }) {
    if (Array.isArray(value)) yield { value, aspect: 'enough' };
  },
  *violate({ schema, place, alternative, build, hint }) {
    const inner = under(place, schema['contains'], 'contains');
    if (!inner) return;
    const facet = alternative.limits.contains.find((one) => one.place.pointer === inner.pointer);
    const others = alternative.limits.contains.filter((one) => one !== facet);
    const without = { ...alternative, limits: { ...alternative.limits, contains: others } };
    if (facet && facet.min > 0) {
      const value = build.arrayOf(without, alternative.limits.minItems, hint);
      if (value) yield { value, aspect: 'too-few', what: `sends an array with fewer than ${facet.min} entries that fit "contains"` };
    }
    if (facet && Number.isFinite(facet.max)) {
      const value = build.arrayOf(
        { ...without, limits: { ...without.limits, contains: [...others, { ...facet, min: facet.max + 1, max: Infinity }] } },
        facet.max + 1,
        hint,
      );
      if (value) yield { value, aspect: 'too-many', what: `sends more than ${facet.max} entries that fit "contains"` };
    }
  },
};
