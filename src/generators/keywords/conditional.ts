import type { Json } from '../../model/index.ts';
import { isObject } from '../../schema/json.ts';
import { tokensOf, withValueAt } from '../../schema/pointer.ts';
import { under, type Breach, type Keyword, type Site } from '../keyword.ts';
import { jsonTypes, type Alternative, type Place } from '../shape.ts';
import { sitesOf } from '../sites.ts';

// One consequence can be broken in as many ways as its schemas have keywords; the first few say whether it is kept.
const mostBreaches = 6;

/** `if` with `then` and `else`: values that meet the condition keep the consequence; meeting it without is refused. */
export const conditional: Keyword = {
  name: 'if',
  applies: jsonTypes,
  level: 'MUST',
  narrow() {
    // Decided by the builder once there is a value; see `build.ts`.
  },
  *exercise(site) {
    const [met] = meeting(site);
    if (met) yield { value: met.value, aspect: 'then' };
  },
  *violate(site) {
    let count = 0;
    for (const { value, alternative, consequence } of meeting(site)) {
      for (const breach of withoutConsequence(site, value, alternative, consequence)) {
        if (count >= mostBreaches) return;
        count += 1;
        yield breach;
      }
    }
  },
};

interface Met {
  readonly value: Json;
  readonly alternative: Alternative;
  readonly consequence: Place;
}

/** Values that meet the condition and keep the consequence, with the members present that it speaks of. */
function meeting({ schema, place, alternative, build, hint }: Site): Met[] {
  const condition = under(place, schema['if'], 'if');
  const consequence = under(place, schema['then'], 'then');
  if (!condition || !consequence) return [];
  const asked =
    isObject(consequence.schema) && isObject(consequence.schema['properties']) ? Object.keys(consequence.schema['properties']) : [];
  for (const refined of build.refined(alternative, [condition, consequence])) {
    const allowed = asked.filter((name) => build.memberOf(refined, name) !== undefined);
    const value = build.withMembers(refined, allowed) ?? build.of(refined, hint);
    if (value !== undefined && build.accepts(condition, value)) return [{ value, alternative: refined, consequence }];
  }
  return [];
}

/** Breaks any keyword that the consequence holds, at any depth of the value. */
function* withoutConsequence(
  { place, build, hint, keywordsAt }: Site,
  value: Json,
  alternative: Alternative,
  consequence: Place,
): Iterable<Breach> {
  const below = sitesOf({ places: alternative.places, hint }, value, build).filter(({ at }) => at !== '');
  for (const { at, here, ...rest } of [{ at: '', here: value, alternative, hint }, ...below]) {
    for (const { site, keyword } of keywordsAt({ ...rest, value: here, build })) {
      if (site.place.pointer !== consequence.pointer && !site.place.pointer.startsWith(`${consequence.pointer}/`)) continue;
      for (const breach of keyword.violate(site)) {
        const changed = at + (breach.at ?? '');
        const member = tokensOf(changed)[0];
        const { at: _, ...change } = breach;
        yield {
          ...change,
          ...(changed !== '' && { at: changed }),
          from: breach.from === undefined ? value : withValueAt(value, at, breach.from),
          aspect: `${keyword.name} ${changed || 'of the whole'} ${breach.aspect}`,
          what: `meets the condition of ${place.rule?.id ?? '"if"'} but ${breach.what}`,
          ...(member !== undefined && { member }),
        };
      }
    }
  }
}
