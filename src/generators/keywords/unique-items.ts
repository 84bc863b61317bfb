import type { Keyword } from '../keyword.ts';

/** `uniqueItems`: entries that differ are generated, an entry that is there twice is refused. */
export const uniqueItems: Keyword = {
  name: 'uniqueItems',
  applies: ['array'],
  level: 'MUST',
  startsAfresh: true,
  narrow(limits, schema) {
    if (schema['uniqueItems'] === true) limits.uniqueItems = true;
  },
  *exercise({ schema, alternative, build, hint }) {
    if (schema['uniqueItems'] !== true) return;
    const value = build.arrayOf(alternative, Math.max(2, alternative.limits.minItems), hint);
    if (value !== undefined) yield { value, aspect: 'different' };
  },
  *violate({ schema, alternative, build, hint }) {
    if (schema['uniqueItems'] !== true) return;
    const { limits } = alternative;
    // The array must keep its bounds: where one more entry has no room, an entry is replaced by its neighbour.
    const room = limits.maxItems > Math.max(1, limits.minItems);
    const from = build.arrayOf(alternative, room ? Math.max(1, limits.minItems) : limits.maxItems, hint);
    const first = from?.[0];
    if (!from || first === undefined || (!room && from.length < 2)) return;
    const at = room ? from.length : from.length - 1;
    yield { at: `/${at}`, value: first, aspect: 'same', what: 'sends the same entry twice', from };
  },
};
