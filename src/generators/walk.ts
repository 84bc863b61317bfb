import type { Json, JsonObject, Level, Pointer } from '../model/index.ts';
import { isObject } from '../schema/json.ts';
import { pointerOf } from '../schema/pointer.ts';
import type { Builder } from './builder.ts';
import { keywords } from './keywords/index.ts';
import type { Breach, Here, Keyword, Site } from './keyword.ts';
import { typeOf, type Alternative, type JsonType, type Place } from './shape.ts';
import type { Root } from './workbench.ts';

/** What a keyword of a schema is asked for, at one place of one root. */
export interface Aim {
  /** Schema pointer of the keyword's parent. */
  readonly schema: Pointer;
  readonly keyword: string;
  readonly aspect: string;
}

/** A valid value of the root that serves an aim. `about` is the place of the aim in the value. */
export interface ValidProposal {
  readonly kind: 'valid';
  readonly value: Json;
  readonly about: Pointer;
  readonly aim: Aim;
}

/** A change of a valid value of the root that breaks one keyword at one place. */
export interface InvalidProposal {
  readonly kind: 'invalid';
  /** The valid value that is changed. */
  readonly from: Json;
  /** The place of the change, and what is there afterwards; absent means removed. */
  readonly at: Pointer;
  readonly value?: Json;
  /** The place at which the keyword refuses. */
  readonly errorAt: Pointer;
  readonly breach: Breach;
  readonly place: Place;
  readonly level: Level;
  readonly aim: Aim;
}

/** A keyword for which nothing can be proposed. */
export interface NoProposal {
  readonly kind: 'none';
  readonly mode: 'valid' | 'invalid';
  readonly aim: Aim;
  readonly reason: string;
}

/** An object whose optional members are to meet in pairs. */
export interface ObjectProposal {
  readonly kind: 'object';
  readonly at: Pointer;
  readonly alternative: Alternative;
  readonly hold: (value: Json) => Json;
}

export type Proposal = ValidProposal | InvalidProposal | NoProposal | ObjectProposal;

interface Stop {
  readonly places: readonly Place[];
  readonly at: Pointer;
  readonly hint: string;
  readonly depth: number;
  /** Puts a value at the place into the smallest whole that holds it. */
  readonly hold: (value: Json) => Json;
  /** The whole without the place, where it may be left out. */
  readonly bare?: Json;
  readonly above: ReadonlyMap<string, number>;
}

// Places this near to the root are walked each time they occur; deeper ones once for each schema, or the combinations have no end.
const shallow = 2;
// A schema inside itself is walked to this depth of recursion.
const recursions = 2;

/**
 * Walks every schema of the root, breadth first, and proposes what exercises and what breaks each keyword. `keeps` says
 * whether a request can hold the value at the place; where it cannot, another place with the same schema is looked for.
 */
export function* walk(root: Root, build: Builder, keeps: (whole: Json, at: Pointer) => string | undefined): Iterable<Proposal> {
  const seen = new Set<string>();
  const lost = new Map<string, readonly [Alternative, string]>();
  const walked = new Set<Pointer>();
  const queue: Stop[] = [{ places: root.places, at: '', hint: root.hint, depth: 0, hold: (value) => value, above: new Map() }];
  for (let stop = queue.shift(); stop; stop = queue.shift()) {
    yield* forbidden(stop, build);
    for (const alternative of build.alternativesOf(stop.places)) {
      const around = stop.above.get(alternative.key) ?? 0;
      // How often the schema that is most often inside itself is so on the way here.
      const level = Math.max(around, ...stop.above.values().map((times) => times - 1));
      const key = `${alternative.key} ${stop.depth <= shallow ? stop.at : level}`;
      if (seen.has(key) || around > recursions) continue;
      const value = build.of(alternative, stop.hint);
      // One object for all that is made of it, so that a consumer can know it again.
      const whole = value === undefined ? undefined : stop.hold(value);
      const problem = whole === undefined ? 'no value satisfies this branch' : keeps(whole, stop.at);
      if (value === undefined || whole === undefined || problem !== undefined) {
        lost.set(key, [alternative, problem ?? '']);
        continue;
      }
      seen.add(key);
      for (const { pointer } of alternative.places) walked.add(pointer);
      yield* at(stop, alternative, value, whole, build);
      if (isObject(value) && !alternative.limits.values && build.optionalNames(alternative).length > 1) {
        yield { kind: 'object', at: stop.at, alternative, hold: stop.hold };
      }
      const above = new Map(stop.above).set(alternative.key, around + 1);
      queue.push(...below(stop, alternative, value, whole, build, above));
    }
  }
  for (const [key, [alternative, reason]] of lost) if (!seen.has(key)) yield* nothing(alternative, reason, walked);
}

/** Branches of a union that the document's schemas offer and a rule of the prose takes away. */
function* forbidden(stop: Stop, build: Builder): Iterable<InvalidProposal> {
  const rules = stop.places.filter((place) => place.rule);
  if (rules.length === 0) return;
  const plainest = build.smallest(stop.places, stop.hint);
  const left = new Set(
    build
      .alternativesOf(stop.places)
      .filter((one) => build.of(one, stop.hint) !== undefined)
      .map(branchesOf),
  );
  const from = stop.bare ?? (plainest === undefined ? undefined : stop.hold(plainest));
  if (from === undefined) return;
  for (const alternative of build.alternativesOf(stop.places.filter((place) => !place.rule))) {
    const value = left.has(branchesOf(alternative)) ? undefined : build.of(alternative, stop.hint);
    for (const place of value === undefined ? [] : rules) {
      const [error] = build.errors(place, value ?? null);
      if (!error || value === undefined) continue;
      const what = `sends a form of ${JSON.stringify(stop.hint)} that the rule ${place.rule?.id} forbids`;
      yield {
        kind: 'invalid',
        from,
        at: stop.at,
        value,
        errorAt: stop.at + error.instancePath,
        breach: { value, aspect: 'forbidden branch', what },
        place: { ...place, pointer: error.schemaPath.replace(/\/[^/]*$/, '') },
        level: place.rule?.level ?? 'MUST',
        aim: { schema: place.pointer, keyword: error.keyword, aspect: 'forbidden branch' },
      };
      break;
    }
  }
}

function branchesOf(alternative: Alternative): string {
  return alternative.branches.map((branch) => `${branch.union.pointer} ${branch.index}`).join('\n');
}

/** What an alternative that could not be walked would have shown, but for schemas that were walked in another one. */
function* nothing(alternative: Alternative, reason: string, walked: ReadonlySet<Pointer>): Iterable<Proposal> {
  for (const branch of alternative.branches) {
    yield {
      kind: 'none',
      mode: 'valid',
      aim: { schema: branch.union.pointer, keyword: branch.keyword, aspect: `branch ${branch.index}` },
      reason,
    };
  }
  for (const keyword of keywords) {
    for (const { schema, pointer } of alternative.places) {
      if (!isObject(schema) || !Object.hasOwn(schema, keyword.name) || walked.has(pointer)) continue;
      for (const mode of ['valid', 'invalid'] as const)
        yield { kind: 'none', mode, aim: { schema: pointer, keyword: keyword.name, aspect: 'any' }, reason };
    }
  }
}

function* at(stop: Stop, alternative: Alternative, value: Json, whole: Json, build: Builder): Iterable<Proposal> {
  for (const { site, keyword } of keywordsAt({ value, alternative, build, hint: stop.hint })) {
    for (const { value: exercised, aspect } of keyword.exercise?.(site) ?? [{ value, aspect: 'any' }]) {
      yield { kind: 'valid', value: exercised === value ? whole : stop.hold(exercised), about: stop.at, aim: aimOf(site, keyword, aspect) };
    }
    for (const breach of keyword.violate(site)) {
      const replaces = breach.at === undefined && breach.from === undefined;
      const held = breach.from === undefined ? whole : stop.hold(breach.from);
      yield proposed(stop.at, replaces && stop.bare !== undefined ? stop.bare : held, site, keyword, breach);
    }
  }
}

/** What breaks a keyword at one place of a given whole, by a change of this place alone. */
export function* breachesAt(place: { readonly at: Pointer; readonly whole: Json }, here: Here): Iterable<InvalidProposal> {
  for (const { site, keyword } of keywordsAt(here)) {
    if (keyword.startsAfresh === true) continue;
    for (const breach of keyword.violate(site)) {
      if (breach.from === undefined) yield proposed(place.at, place.whole, site, keyword, breach);
    }
  }
}

function* keywordsAt(here: Here): Iterable<{ readonly site: Site; readonly keyword: Keyword }> {
  const type = typeOf(here.value);
  if (!type) return;
  for (const { keyword, place, schema } of spokenOf(here.alternative.places, type))
    yield { site: { ...here, schema, place, keywordsAt }, keyword };
}

interface Spoken {
  readonly keyword: Keyword;
  readonly place: Place;
  readonly schema: JsonObject;
}

const spoken = new WeakMap<readonly Place[], Map<JsonType, readonly Spoken[]>>();

/** The keywords of these places that speak of a type: every draw asks for them again. */
function spokenOf(places: readonly Place[], type: JsonType): readonly Spoken[] {
  const byType = spoken.get(places) ?? new Map<JsonType, readonly Spoken[]>();
  spoken.set(places, byType);
  const known = byType.get(type);
  if (known) return known;
  const found = keywords.flatMap((keyword) => {
    if (!keyword.applies.includes(type)) return [];
    return places.flatMap((place): Spoken[] => {
      const { schema, derived } = place;
      return derived === undefined && isObject(schema) && Object.hasOwn(schema, keyword.name) ? [{ keyword, place, schema }] : [];
    });
  });
  byType.set(type, found);
  return found;
}

function proposed(at: Pointer, from: Json, site: Site, keyword: Keyword, breach: Breach): InvalidProposal {
  const proposal: InvalidProposal = {
    kind: 'invalid',
    from,
    at: breach.at === undefined ? at : at + breach.at,
    errorAt: at,
    breach,
    place: site.place,
    level: levelOf(site, keyword),
    aim: aimOf(site, keyword, breach.aspect),
  };
  return breach.value === undefined ? proposal : { ...proposal, value: breach.value };
}

function aimOf({ place }: Site, keyword: Keyword, aspect: string): Aim {
  return { schema: place.pointer, keyword: keyword.name, aspect };
}

function levelOf({ schema, place }: Site, keyword: Keyword): Level {
  // `false` frees every keyword of the schema, `{additionalProperties: false}` one of them.
  const enforced = schema['x-enforced'];
  if (enforced === false || (isObject(enforced) && enforced[keyword.name] === false)) return 'MAY';
  if (place.rule?.level) return place.rule.level;
  return keyword.name === 'enum' && schema['x-assay-open'] === true ? 'SHOULD' : keyword.level;
}

function below(stop: Stop, alternative: Alternative, value: Json, whole: Json, build: Builder, above: ReadonlyMap<string, number>): Stop[] {
  if (isObject(value)) return members(stop, alternative, value, whole, build, above);
  if (!Array.isArray(value) || alternative.limits.values) return [];
  return entries(stop, alternative, value, build, above);
}

function members(
  stop: Stop,
  alternative: Alternative,
  value: Json,
  whole: Json,
  build: Builder,
  above: ReadonlyMap<string, number>,
): Stop[] {
  if (alternative.limits.values || !isObject(value)) return [];
  const stops: Stop[] = [];
  const optional = new Set(build.optionalNames(alternative));
  const extra = build.withExtra(alternative, 1);
  const extraName = extra && Object.keys(extra).find((name) => !Object.hasOwn(value, name));
  for (const name of [...Object.keys(value), ...optional, ...(extraName === undefined ? [] : [extraName])]) {
    if (stops.some((other) => other.hint === name)) continue;
    const places = build.memberOf(alternative, name);
    if (!places) continue;
    // What else the member needs (dependent members, conditions) comes with it.
    const around = Object.hasOwn(value, name) ? value : build.withMembers(alternative, [name]);
    if (!around) continue;
    const others = Object.keys(around).filter((one) => one !== name && !Object.hasOwn(value, one));
    stops.push({
      places,
      at: stop.at + pointerOf(name),
      hint: name,
      depth: stop.depth + 1,
      hold: (inner) => stop.hold(build.withMembers(alternative, [name], new Map([[name, inner]])) ?? { ...around, [name]: inner }),
      ...(!Object.hasOwn(value, name) && others.length === 0 && { bare: whole }),
      above,
    });
  }
  return stops;
}

function entries(stop: Stop, alternative: Alternative, value: readonly Json[], build: Builder, above: ReadonlyMap<string, number>): Stop[] {
  const stops: Stop[] = [];
  const { items, contains } = alternative.limits;
  const prefix = Math.max(0, ...items.map((facet) => facet.prefix.length));
  // Entries that `contains` asks for come first and are left alone.
  const first = contains.reduce((sum, { min }) => sum + min, 0);
  for (let index = first; index <= Math.max(first, prefix); index++) {
    const places = build.entryOf(alternative, index);
    const around = build.arrayOf(alternative, Math.max(index + 1, alternative.limits.minItems), stop.hint);
    if (!places || !around || (places.length === 0 && value.length === 0)) continue;
    stops.push({
      places,
      at: `${stop.at}/${index}`,
      hint: stop.hint,
      depth: stop.depth + 1,
      hold: (inner) => stop.hold(around.with(index, inner)),
      above,
    });
  }
  return stops;
}
