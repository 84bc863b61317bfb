import type { Json, JsonObject, SchemaJudge } from '../model/index.ts';
import { isObject, sameJson } from '../schema/json.ts';
import { keyOf, type Shapes } from './alternatives.ts';
import type { Builder } from './builder.ts';
import { under } from './keyword.ts';
import { numberFits, plainNumber, plus, stepOf } from './numbers.ts';
import { jsonTypes, typeOf, type Alternative, type JsonType, type Place } from './shape.ts';
import { plainText } from './text.ts';

// No schema of the documents at hand needs more to hold one value; recursion that needs more has no end.
const deepest = 14;

/** What is known of a conjunction of places: whether something fits within a depth, and the smallest value by hint. */
interface Facts {
  readonly fits: (boolean | undefined)[];
  readonly smallest: Map<string, Json | undefined>;
}

export function createBuilder(shapes: Shapes, judge: Pick<SchemaJudge, 'accepts' | 'errors'>): Builder {
  const facts = new Map<string, Facts>();
  const factsByPlaces = new WeakMap<readonly Place[], Facts>();
  const builder: Builder = {
    alternativesOf: shapes.alternativesOf,
    refined: shapes.refined,
    accepts: (place, value) => place.derived !== undefined || judge.accepts(place.pointer, value),
    errors: (place, value) => (place.derived === undefined ? judge.errors(place.pointer, value) : []),
    memberOf: shapes.memberOf,
    entryOf: shapes.entryOf,
    optionalNames: (alternative) => shapes.namesOf(alternative).filter((name) => !alternative.limits.required.has(name)),
    height,
    heightOf,
    smallest,
    of: (alternative, hint) => {
      const type = typesOf(alternative)[0];
      return type && ofType(alternative, type, hint);
    },
    ofType,
    arrayOf: (alternative, count, hint) => entries(alternative, count, hint, heightOfEntries(alternative)),
    withMembers: (alternative, names, values) => object(alternative, { names, ...(values && { values }) }),
    withCount,
    withExtra,
    extraValue: (alternative) => {
      const places = shapes.memberOf(alternative, extraName(alternative, 0));
      return places && smallest(places, 'value');
    },
  };
  return builder;

  function smallest(places: readonly Place[], hint: string): Json | undefined {
    const known = factsOf(places).smallest;
    if (!known.has(hint)) known.set(hint, withinDepth(places, height(places), hint, 0));
    return known.get(hint);
  }

  /** Most lists of places are met again as the same list; making and hashing their keys was half of the work. */
  function factsOf(places: readonly Place[]): Facts {
    const met = factsByPlaces.get(places);
    if (met) return met;
    const key = keyOf(places);
    const known = facts.get(key) ?? { fits: [], smallest: new Map() };
    facts.set(key, known);
    factsByPlaces.set(places, known);
    return known;
  }

  function ofType(alternative: Alternative, type: JsonType, hint: string): Json | undefined {
    for (let depth = 1; depth <= deepest; depth++) {
      const one = { ...alternative, limits: { ...alternative.limits, types: new Set([type]) } };
      const value = fitsType(one, type, depth) ? valueOf(one, depth, hint, 0) : undefined;
      if (value !== undefined) return value;
    }
    return undefined;
  }

  /** Types in the order of choice; null only where there is no other. */
  function typesOf({ limits }: Alternative): JsonType[] {
    const allowed = limits.values ? new Set(limits.values.map(typeOf)) : undefined;
    const types = jsonTypes.filter((type) => limits.types.has(type) && (!allowed || allowed.has(type)));
    // A schema without a type takes anything; a string says most.
    if (limits.types.size === jsonTypes.length && limits.required.size === 0 && limits.members.length === 0 && limits.items.length === 0) {
      return types.toSorted((a, b) => Number(b === 'string') - Number(a === 'string'));
    }
    return types;
  }

  function height(places: readonly Place[]): number {
    for (let depth = 1; depth <= deepest; depth++) if (fits(places, depth)) return depth;
    return 0;
  }

  function heightOf(alternative: Alternative, type: JsonType, entries = false): number | undefined {
    if (entries) {
      const inner = heightOfEntries(alternative);
      return inner === 0 ? undefined : inner + 1;
    }
    for (let depth = 1; depth <= deepest; depth++) if (fitsType(alternative, type, depth)) return depth;
    return undefined;
  }

  function fits(places: readonly Place[], depth: number): boolean {
    if (depth <= 0) return false;
    const known = factsOf(places).fits;
    if (known[depth] !== undefined) return known[depth];
    known[depth] = false;
    const result = shapes
      .alternativesOf(places)
      .some((alternative) => typesOf(alternative).some((type) => fitsType(alternative, type, depth)));
    known[depth] = result;
    return result;
  }

  function fitsType(alternative: Alternative, type: JsonType, depth: number): boolean {
    const { limits } = alternative;
    if (depth <= 0) return false;
    if (limits.values) return limits.values.some((value) => typeOf(value) === type);
    if (type === 'array' && limits.minItems > 0) {
      return Array.from({ length: Math.min(limits.minItems, 8) }, (_, index) => shapes.entryOf(alternative, index)).every(
        (places) => places && fits(places, depth - 1),
      );
    }
    if (type === 'object') {
      return [...limits.required].every((name) => {
        const places = shapes.memberOf(alternative, name);
        return places !== undefined && fits(places, depth - 1);
      });
    }
    return true;
  }

  function withinDepth(places: readonly Place[], depth: number, hint: string, nth: number): Json | undefined {
    const alternatives = shapes.alternativesOf(places);
    const able = alternatives.filter((alternative) =>
      typesOf(alternative).some((type) => type !== 'null' && fitsType(alternative, type, depth)),
    );
    const plain = able.length > 0 ? able : deeperThanNull(alternatives);
    for (const alternative of plain.length > 0 ? plain : alternatives) {
      const value = valueOf(alternative, Math.max(depth, 1), hint, nth);
      if (value !== undefined) return value;
    }
    return undefined;
  }

  /** Alternatives other than null that need more depth than null does. */
  function deeperThanNull(alternatives: readonly Alternative[]): readonly Alternative[] {
    return alternatives.filter((alternative) =>
      typesOf(alternative).some((type) => type !== 'null' && fitsType(alternative, type, deepest)),
    );
  }

  function valueOf(alternative: Alternative, depth: number, hint: string, nth: number): Json | undefined {
    for (const type of typesOf(alternative)) {
      const value = valueOfType(alternative, type, depth, hint, nth);
      if (value !== undefined) return value;
    }
    return undefined;
  }

  function valueOfType(alternative: Alternative, type: JsonType, depth: number, hint: string, nth: number): Json | undefined {
    if (type === 'object' && !alternative.limits.values) return object(alternative, { depth, nth });
    return settled(alternative, (narrowed) =>
      narrowed.limits.types.has(type) ? scalarOrArray(narrowed, type, depth, hint, nth) : undefined,
    );
  }

  function scalarOrArray(alternative: Alternative, type: JsonType, depth: number, hint: string, nth: number): Json | undefined {
    const { limits } = alternative;
    if (limits.values) {
      const fittingValues = limits.values.filter((value) => typeOf(value) === type && scalarFits(alternative, value as Json));
      return fittingValues[nth % Math.max(1, fittingValues.length)] as Json | undefined;
    }
    switch (type) {
      case 'null':
        return null;
      case 'boolean':
        return [true, false].filter((value) => !limits.excluded.includes(value))[nth % 2];
      case 'number': {
        const first = plainNumber(limits);
        const later = first === undefined ? undefined : plus(first, nth * stepOf(limits));
        return later !== undefined && numberFits(limits, later) ? later : first;
      }
      case 'string':
        return plainText(limits, hint, nth);
      case 'array':
        return entries(alternative, limits.minItems, hint, Math.max(depth - 1, heightOfEntries(alternative)));
      case 'object':
        return undefined;
    }
  }

  function scalarFits({ limits }: Alternative, value: Json): boolean {
    if (typeof value === 'number') return numberFits({ ...limits, values: undefined }, value);
    return true;
  }

  function heightOfEntries(alternative: Alternative): number {
    const places = shapes.entryOf(alternative, 0);
    return places ? height(places) : 0;
  }

  function entries(alternative: Alternative, count: number, hint: string, depth: number): readonly Json[] | undefined {
    const { limits } = alternative;
    if (count < limits.minItems || count > limits.maxItems || count > 20_000) return undefined;
    const list: Json[] = [];
    const wanted = limits.contains.flatMap(({ place, min }) => Array.from({ length: min }, () => place));
    for (let index = 0; index < count; index++) {
      const places = shapes.entryOf(alternative, index);
      if (!places) return undefined;
      const contained = wanted[index];
      const value = entry(contained ? [...places, contained] : places, limits.uniqueItems ? list : undefined, hint, depth, index);
      if (value === undefined) return undefined;
      list.push(value);
    }
    return list;
  }

  function entry(
    places: readonly Place[],
    others: readonly Json[] | undefined,
    hint: string,
    depth: number,
    index: number,
  ): Json | undefined {
    const plainest = index === 0 ? smallest(places, hint) : undefined;
    const first = plainest ?? withinDepth(places, Math.max(depth, height(places)), hint, index);
    const taken = (value: Json) => others?.some((other) => sameJson(other, value)) ?? false;
    if (first === undefined || !taken(first)) return first;
    for (let nth = 0; nth <= (others?.length ?? 0); nth++) {
      for (const alternative of shapes.alternativesOf(places)) {
        for (const type of typesOf(alternative)) {
          const value = valueOfType(alternative, type, Math.max(depth, height(places)), hint, nth);
          if (value !== undefined && !taken(value)) return value;
        }
      }
    }
    return undefined;
  }

  interface Wanted {
    readonly names?: readonly string[];
    readonly values?: ReadonlyMap<string, Json>;
    readonly depth?: number;
    readonly nth?: number;
  }

  function object(alternative: Alternative, wanted: Wanted): JsonObject | undefined {
    if (!alternative.limits.types.has('object')) return undefined;
    return settled(alternative, (narrowed) => objectOf(narrowed, narrowed === alternative ? wanted : { ...wanted, depth: deepest }));
  }

  /** Builds, asks which conditions the value now meets, narrows by their consequences, and builds again until nothing changes. */
  function settled<Built extends Json>(alternative: Alternative, make: (alternative: Alternative) => Built | undefined): Built | undefined {
    let value = make(alternative);
    const active = new Map<string, Place>();
    for (let round = 0; value !== undefined && round <= alternative.conditionals.length; round++) {
      const before = active.size;
      for (const place of consequences(alternative, value)) active.set(keyOf([place]), place);
      if (active.size === before) return value;
      value = shapes
        .refined(alternative, [...active.values()])
        .map(make)
        .find((one) => one !== undefined);
    }
    return value;
  }

  function consequences(alternative: Alternative, value: Json): Place[] {
    return alternative.conditionals.flatMap((place) => {
      const { schema } = place;
      if (place.derived !== undefined || typeof schema === 'boolean') return [];
      const dependent = isObject(schema['dependentSchemas']) ? schema['dependentSchemas'] : {};
      const found = Object.keys(dependent)
        .filter((name) => isObject(value) && Object.hasOwn(value, name))
        .map((name) => under(place, dependent[name], 'dependentSchemas', name));
      if (schema['if'] !== undefined) {
        const branch = judge.accepts(`${place.pointer}/if`, value) ? 'then' : 'else';
        found.push(under(place, schema[branch], branch));
      }
      return found.filter((one) => one !== undefined);
    });
  }

  function objectOf(alternative: Alternative, { names = [], values, depth, nth = 0 }: Wanted): JsonObject | undefined {
    const { limits } = alternative;
    const present = new Set([...limits.required, ...names, ...(values?.keys() ?? [])]);
    for (const name of present) for (const needed of limits.dependent.get(name) ?? []) present.add(needed);
    for (const name of shapes.namesOf(alternative)) {
      if (present.size >= limits.minProperties) break;
      present.add(name);
    }
    for (let extra = 0; present.size < limits.minProperties && extra < 2_000; extra++) present.add(extraName(alternative, extra));
    const declared = shapes.namesOf(alternative).filter((name) => present.has(name));
    const members = new Map<string, Json>();
    for (const name of new Set([...declared, ...present])) {
      const places = shapes.memberOf(alternative, name);
      // A given null is a value.
      const value = values?.has(name) ? values.get(name) : places && memberValue(places, depth, name, nth);
      if (!places || value === undefined) return undefined;
      members.set(name, value);
    }
    return members.size > limits.maxProperties ? undefined : Object.fromEntries(members);
  }

  function memberValue(places: readonly Place[], depth: number | undefined, name: string, nth: number): Json | undefined {
    const needed = height(places);
    if (needed === 0 || (depth !== undefined && needed > depth)) return undefined;
    return nth === 0 ? smallest(places, name) : (withinDepth(places, needed, name, nth) ?? smallest(places, name));
  }

  function withCount(alternative: Alternative, count: number): JsonObject | undefined {
    const { limits } = alternative;
    if (count < Math.max(limits.required.size, limits.minProperties) || count > limits.maxProperties) return undefined;
    const names = new Set(limits.required);
    for (const name of shapes.namesOf(alternative)) {
      if (names.size >= count) break;
      names.add(name);
    }
    for (let extra = 0; names.size < count && extra < 4_000; extra++) names.add(extraName(alternative, extra));
    const value = object(alternative, { names: [...names] });
    return value && Object.keys(value).length === count ? value : undefined;
  }

  function withExtra(alternative: Alternative, count: number): JsonObject | undefined {
    return object(alternative, { names: Array.from({ length: count }, (_, index) => extraName(alternative, index)) });
  }

  /** A member name that no schema declares but that patterns and `propertyNames` allow. */
  function extraName(alternative: Alternative, nth: number): string {
    const { names, members } = alternative.limits;
    if (names.length > 0) {
      const fit = shapes.alternativesOf(names)[0];
      const value =
        fit && valueOfType({ ...fit, limits: { ...fit.limits, types: new Set(['string']) } }, 'string', 1, `key_${nth + 1}`, nth);
      if (typeof value === 'string') return value;
    }
    const known = members.some((facet) => facet.properties.has(`key_${nth + 1}`));
    return known ? `further_${nth + 1}` : `key_${nth + 1}`;
  }
}
