import type { Json, JsonObject, SchemaRef } from '../model/index.ts';
import { isObject, listMember, member, stringMember } from '../schema/json.ts';
import { valueAt } from '../schema/pointer.ts';
import { keywords } from './keywords/index.ts';
import { under, type Keyword } from './keyword.ts';
import { negated } from './negate.ts';
import { highest, lowest } from './numbers.ts';
import { noLimits, type Alternative, type Branch, type Limits, type Place } from './shape.ts';

/** The schemas of one document as places and the alternatives that satisfy them, computed once each. */
export interface Shapes {
  placeOf(ref: SchemaRef): Place;
  /** The ways to satisfy all the places together, one branch of each union taken; those that nothing satisfies are left out. */
  alternativesOf(places: readonly Place[]): readonly Alternative[];
  /** The ways to satisfy an alternative and further places, its branches kept. */
  refined(alternative: Alternative, places: readonly Place[]): readonly Alternative[];
  /** The places of a member, `undefined` where the member is not allowed. */
  memberOf(alternative: Alternative, name: string): readonly Place[] | undefined;
  /** The names of members that some schema of the alternative declares and none forbids, in document order. */
  namesOf(alternative: Alternative): readonly string[];
  /** The places of an array's entry; `undefined` where none is allowed. */
  entryOf(alternative: Alternative, index: number): readonly Place[] | undefined;
}

// Conjunctions of several unions multiply; beyond this many combinations the later ones are left to the property phase.
const mostAlternatives = 160;

export function createShapes(document: JsonObject): Shapes {
  const cache = new Map<string, readonly Alternative[]>();
  const byPlaces = new WeakMap<readonly Place[], readonly Alternative[]>();
  const names = new Map<string, readonly string[]>();
  const members = new Map<string, Map<string, readonly Place[] | undefined>>();
  const entries = new WeakMap<Limits['items'], { readonly places: readonly Place[] | undefined }[]>();
  const shapes: Shapes = { placeOf, alternativesOf, refined, memberOf, namesOf, entryOf };
  return shapes;

  function placeOf(ref: SchemaRef): Place {
    const schema = valueAt(document, ref);
    return { schema: isObject(schema) || typeof schema === 'boolean' ? schema : true, pointer: ref };
  }

  function alternativesOf(places: readonly Place[]): readonly Alternative[] {
    const met = byPlaces.get(places);
    if (met) return met;
    const key = keyOf(places);
    let found = cache.get(key);
    if (!found) {
      const expanded: Alternative[] = [];
      expand(document, places, new Map(), [], expanded);
      cache.set(key, expanded);
      found = expanded;
    }
    byPlaces.set(places, found);
    return found;
  }

  function refined(alternative: Alternative, places: readonly Place[]): readonly Alternative[] {
    const key = `${alternative.key}\n&${keyOf(places)}`;
    const known = cache.get(key);
    if (known) return known;
    const found: Alternative[] = [];
    const chosen = new Map(alternative.branches.map((branch) => [unionKey({ place: branch.union, keyword: branch.keyword }), branch]));
    expand(document, [...alternative.places, ...places], chosen, alternative.branches, found);
    cache.set(key, found);
    return found;
  }

  function memberOf(alternative: Alternative, name: string): readonly Place[] | undefined {
    let known = members.get(alternative.key);
    if (!known) {
      known = new Map();
      members.set(alternative.key, known);
    }
    if (!known.has(name)) known.set(name, memberPlaces(alternative.limits, name));
    return known.get(name);
  }

  function namesOf(alternative: Alternative): readonly string[] {
    let known = names.get(alternative.key);
    if (!known) {
      const declared = new Set(alternative.limits.members.flatMap((facet) => [...facet.properties.keys()]));
      known = [...declared].filter((name) => memberOf(alternative, name) !== undefined);
      names.set(alternative.key, known);
    }
    return known;
  }

  function entryOf(alternative: Alternative, index: number): readonly Place[] | undefined {
    const { items } = alternative.limits;
    const known = entries.get(items) ?? [];
    entries.set(items, known);
    // Behind every prefix all entries are alike.
    const place = Math.min(index, Math.max(0, ...items.map((facet) => facet.prefix.length)));
    const found = known[place] ?? { places: entryPlaces(items, place) };
    known[place] = found;
    return found.places;
  }
}

function entryPlaces(facets: Limits['items'], index: number): readonly Place[] | undefined {
  const places: Place[] = [];
  const described = facets.some((facet) => index < facet.prefix.length || facet.items);
  for (const facet of facets) {
    const place =
      facet.prefix[index] ?? (index >= facet.prefix.length ? (facet.items ?? (described ? undefined : facet.unevaluated)) : undefined);
    if (place?.schema === false) return undefined;
    if (place) places.push(place);
  }
  return places;
}

/** Identifies a conjunction of places; the order does not matter to what satisfies it, only to which is tried first. */
export function keyOf(places: readonly Place[]): string {
  const known = keys.get(places);
  if (known !== undefined) return known;
  const key = places.map((place) => (place.derived === undefined ? place.pointer : `${place.pointer}!${place.derived}`)).join('\n');
  keys.set(places, key);
  return key;
}

const keys = new WeakMap<readonly Place[], string>();

function memberPlaces(limits: Limits, name: string): readonly Place[] | undefined {
  if (limits.forbidden.has(name)) return undefined;
  const places: Place[] = [];
  const declared = limits.members.some((facet) => facet.properties.has(name) || facet.patterns.some(([regex]) => regex.test(name)));
  for (const facet of limits.members) {
    const own = facet.properties.get(name);
    const matching = facet.patterns.filter(([regex]) => regex.test(name)).map(([, place]) => place);
    if (own) places.push(own);
    places.push(...matching);
    if (!own && matching.length === 0 && facet.additional) places.push(facet.additional);
    if (!declared && facet.unevaluated) places.push(facet.unevaluated);
  }
  return places.some((place) => place.schema === false) ? undefined : places;
}

interface Union {
  readonly place: Place;
  readonly keyword: 'anyOf' | 'oneOf';
}

/** Flattens the places, then takes every branch of the first union that is still open. */
function expand(
  document: JsonObject,
  places: readonly Place[],
  chosen: ReadonlyMap<string, Branch>,
  path: readonly Branch[],
  found: Alternative[],
): void {
  if (found.length >= mostAlternatives) return;
  const flat = flatten(document, places, chosen);
  if (!flat || !satisfiable(flat.limits)) return;
  const open = flat.unions[0];
  if (!open) {
    const branches = path;
    const suffix = branches.map((branch) => `${branch.union.pointer}=${branch.index}`).join('\n');
    found.push({
      key: `${keyOf(places)}\n?${suffix}`,
      places: flat.places,
      limits: flat.limits,
      conditionals: flat.conditionals,
      rejects: flat.rejects,
      branches,
    });
    return;
  }
  const list = (open.place.schema as JsonObject)[open.keyword];
  const schemas = Array.isArray(list) ? list : [];
  for (const [index, schema] of schemas.entries()) {
    const place = under(open.place, schema, open.keyword, index);
    // What a service accepts beyond its document is neither sent nor demanded.
    if (!place || member(schema, 'x-assay-grew') === true) continue;
    const branch: Branch = { union: open.place, keyword: open.keyword, index, of: schemas.length, place };
    expand(document, places, new Map([...chosen, [unionKey(open), branch]]), [...path, branch], found);
  }
}

function unionKey({ place, keyword }: Union): string {
  return `${keyOf([place])} ${keyword}`;
}

interface Flat {
  readonly places: Place[];
  readonly limits: Limits;
  readonly unions: Union[];
  readonly conditionals: Place[];
  readonly rejects: Place[];
}

/** Follows `$ref` and `allOf`, takes the chosen branches, and narrows the limits; `undefined` where a schema is `false`. */
function flatten(document: JsonObject, places: readonly Place[], chosen: ReadonlyMap<string, Branch>): Flat | undefined {
  const flat: Flat = { places: [], limits: noLimits(), unions: [], conditionals: [], rejects: [] };
  const seen = new Set<string>();
  const queue = [...places];
  for (let place = queue.shift(); place; place = queue.shift()) {
    const { schema } = place;
    if (schema === false) return undefined;
    if (schema === true || seen.has(keyOf([place]))) continue;
    seen.add(keyOf([place]));
    const rule = stringMember(schema, 'x-assay-rule');
    const here: Place = rule === undefined ? place : { ...place, rule: { id: rule, ...levelOf(schema) } };
    flat.places.push(here);
    narrow(flat.limits, schema, here);
    queue.unshift(...inner(document, here, schema, chosen, flat));
  }
  return flat;
}

function inner(document: JsonObject, place: Place, schema: JsonObject, chosen: ReadonlyMap<string, Branch>, flat: Flat): Place[] {
  const further: Place[] = [];
  const ref = stringMember(schema, '$ref');
  if (ref !== undefined) {
    const target = refTarget(document, ref);
    if (target) further.push({ ...target, ...(place.rule && { rule: place.rule }) });
  }
  for (const [index, one] of listMember(schema, 'allOf').entries()) {
    const part = under(place, one, 'allOf', index);
    if (part) further.push(part);
  }
  for (const keyword of ['anyOf', 'oneOf'] as const) {
    if (!Array.isArray(schema[keyword])) continue;
    const branch = chosen.get(unionKey({ place, keyword }));
    if (branch) further.push(branch.place);
    else flat.unions.push({ place, keyword });
  }
  if (schema['if'] !== undefined || isObject(schema['dependentSchemas'])) flat.conditionals.push(place);
  const not = under(place, schema['not'], 'not');
  if (not) {
    const { places, exact } = negated(not);
    further.push(...places);
    if (!exact) flat.rejects.push(not);
  }
  return further;
}

/** The place that a local reference names. */
export function refTarget(document: JsonObject, ref: string): Place | undefined {
  if (!ref.startsWith('#')) return undefined;
  const pointer = decodeURIComponent(ref.slice(1));
  const schema = valueAt(document, pointer);
  return isObject(schema) || typeof schema === 'boolean' ? { schema, pointer } : undefined;
}

function levelOf(schema: JsonObject): { level?: 'MUST' | 'SHOULD' | 'MAY' } {
  const level: Json | undefined = schema['x-assay-level'];
  return level === 'MUST' || level === 'SHOULD' || level === 'MAY' ? { level } : {};
}

function narrow(limits: Limits, schema: JsonObject, place: Place): void {
  for (const name of Object.keys(schema)) {
    for (const keyword of byMember.get(name) ?? []) {
      if (keyword.name === name || !Object.hasOwn(schema, keyword.name)) {
        const first = [keyword.name, ...(keyword.with ?? [])].find((one) => Object.hasOwn(schema, one));
        if (first === name) keyword.narrow(limits, schema, place);
      }
    }
  }
  for (const name of listMember(schema, 'x-assay-forbidden')) if (typeof name === 'string') limits.forbidden.add(name);
  for (const value of listMember(schema, 'x-assay-excluded')) limits.excluded.push(value);
}

const byMember = new Map<string, Keyword[]>();
for (const keyword of keywords) {
  for (const name of [keyword.name, ...(keyword.with ?? [])]) byMember.set(name, [...(byMember.get(name) ?? []), keyword]);
}

/** A quick look for contradictions; what it lets through and nothing satisfies is found when a value is built. */
function satisfiable(limits: Limits): boolean {
  if (limits.values) limits.values = limits.values.filter((value) => !limits.excluded.includes(value));
  if (limits.values?.length === 0) return false;
  if (limits.minItems > limits.maxItems) limits.types.delete('array');
  if (limits.minLength > limits.maxLength) limits.types.delete('string');
  if (lowest(limits) > highest(limits)) limits.types.delete('number');
  if (limits.minProperties > limits.maxProperties || [...limits.required].some((name) => limits.forbidden.has(name)))
    limits.types.delete('object');
  return limits.types.size > 0;
}
