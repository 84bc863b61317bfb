import type { Breach, Keyword, Site } from '../keyword.ts';
import type { Alternative } from '../shape.ts';

// Longer arrays would test the size limits of servers on the way, not the keyword.
const most = 5_000;

/** `maxItems`: arrays of the bound and one less are sent, one entry more is refused. */
export const maxItems: Keyword = {
  name: 'maxItems',
  applies: ['array'],
  level: 'MUST',
  narrow(limits, schema) {
    const bound = schema['maxItems'];
    if (typeof bound === 'number') limits.maxItems = Math.min(limits.maxItems, bound);
  },
  *exercise({ schema, alternative, build, hint }) {
    const bound = Number(schema['maxItems']);
    if (bound > most) return;
    for (const [aspect, count] of [
      ['bound', bound],
      ['below', bound - 1],
    ] as const) {
      const value = count < 0 ? undefined : build.arrayOf(alternative, count, hint);
      if (value !== undefined) yield { value, aspect };
    }
  },
  *violate(site) {
    const bound = Number(site.schema['maxItems']);
    if (bound > most) return;
    const known = made.get(site.alternative) ?? new Map<string, Breach | undefined>();
    made.set(site.alternative, known);
    const key = `${bound} ${site.hint}`;
    if (!known.has(key)) known.set(key, tooMany(site, bound));
    const breach = known.get(key);
    if (breach) yield breach;
  },
};

/** Drawn cases ask for the breaches of the same place thousands of times, and hundreds of entries take their time. */
const made = new WeakMap<Alternative, Map<string, Breach | undefined>>();

function tooMany({ alternative, build, hint }: Site, bound: number): Breach | undefined {
  const { limits } = alternative;
  const from = build.arrayOf(alternative, Math.min(bound, limits.maxItems), hint);
  const value = build.arrayOf({ ...alternative, limits: { ...limits, maxItems: Infinity } }, bound + 1, hint);
  if (value === undefined) return undefined;
  return { value, aspect: 'above', what: `sends ${bound + 1} entries, the maximum is ${bound}`, ...(from && { from }) };
}
