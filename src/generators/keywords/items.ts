import { under, type Keyword } from '../keyword.ts';

/** `items`: the entries are places of their own; `false` refuses an entry beyond the prefix. */
export const items: Keyword = {
  name: 'items',
  with: ['prefixItems', 'unevaluatedItems'],
  applies: ['array'],
  level: 'MUST',
  narrow(limits, schema, place) {
    const prefix = Array.isArray(schema['prefixItems']) ? schema['prefixItems'] : [];
    const rest = under(place, schema['items'], 'items');
    const facets = prefix.map((entry, index) => under(place, entry, 'prefixItems', index)).filter((entry) => entry !== undefined);
    const unevaluated = under(place, schema['unevaluatedItems'], 'unevaluatedItems');
    limits.items.push({ prefix: facets, ...(rest && { items: rest }), ...(unevaluated && { unevaluated }) });
    if (rest?.schema === false) limits.maxItems = Math.min(limits.maxItems, facets.length);
  },
  *exercise({ alternative, build, hint }) {
    for (const [aspect, count] of [
      ['empty', 0],
      ['one', 1],
      ['several', 3],
    ] as const) {
      const value = build.arrayOf(alternative, count, hint);
      if (value !== undefined) yield { value, aspect };
    }
  },
  *violate({ schema, place, alternative, build, hint }) {
    if (schema['items'] !== false) return;
    const from = build.arrayOf(alternative, alternative.limits.maxItems, hint);
    if (from && Number.isFinite(alternative.limits.maxItems)) {
      yield {
        at: `/${from.length}`,
        value: 'one too many',
        aspect: 'too-many',
        what: `sends an entry that ${place.pointer}/items forbids`,
        from,
      };
    }
  },
};
