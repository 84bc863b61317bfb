import type { Keyword } from '../keyword.ts';

/** `unevaluatedItems: false`: an entry beyond those that some schema of the place describes is refused. */
export const unevaluatedItems: Keyword = {
  name: 'unevaluatedItems',
  applies: ['array'],
  level: 'MUST',
  narrow() {
    // The entries' places are made by `items`, which needs all three keywords at once.
  },
  *exercise({ value }) {
    if (Array.isArray(value)) yield { value, aspect: 'described' };
  },
  *violate({ schema, alternative, build, hint }) {
    if (schema['unevaluatedItems'] !== false) return;
    const described = Math.max(0, ...alternative.limits.items.map((facet) => facet.prefix.length));
    const from = build.arrayOf(alternative, described, hint);
    if (from)
      yield { at: `/${from.length}`, value: 'one too many', aspect: 'too-many', what: 'sends an entry that no schema describes', from };
  },
};
