import type { Json, JsonObject, Pointer, SchemaError, SchemaRef } from '../model/index.ts';
import { alternatives, describeExpectation, oneOf, quote, typeOf } from './describe.ts';
import { isObject, listMember, member, objectMember, sameJson, stringMember } from './json.ts';
import { hasType, leafKeywords } from './leaf-keywords.ts';
import { compilePattern } from './pattern.ts';
import { pointerOf, pointerOfReference, valueAt } from './pointer.ts';
import { contradicts, createTagFinder, isOfAnother, type Tags } from './tags.ts';

/** One place of the walk: a schema and where it stands, a value and where it stands. */
interface Place {
  readonly schema: JsonObject;
  readonly ref: SchemaRef;
  readonly value: unknown;
  readonly at: Pointer;
  readonly depth: number;
}

/** An error before it is put into words: most belong to branches that are thrown away. */
interface Fault {
  readonly keyword: string;
  readonly place: Place;
  /** Instead of what the keyword says by itself. */
  readonly expected?: string;
  /** The member that is missing or too many. */
  readonly name?: string;
  readonly branch?: Pointer;
  /** The value names a branch that there is not. */
  readonly isTag?: true;
}

/** What is wrong with a value, and whether its type alone rules the schema out (then: the types that would do). */
interface Reasons {
  readonly faults: readonly Fault[];
  readonly wrongType?: readonly string[];
}

const none: Reasons = { faults: [] };
/** Schemas may refer to themselves without end; values nest less deep than that. */
const deepest = 200;

/** Tells whether a value has a format; formats that nobody knows fit everything. */
export type FormatTest = (format: string, value: string | number) => boolean;

/**
 * Makes the function that says why a value is refused, for people: of a union only the nearest branch. It looks at the branches' tags first
 * (a member that a branch fixes to one value), then at the type, then takes the branch with the fewest errors.
 * It says nothing (an empty list) of keywords that it does not know, such as `unevaluatedProperties`: ask the validator for those.
 */
export function createExplainer(document: JsonObject, hasFormat: FormatTest): (ref: SchemaRef, value: unknown) => readonly SchemaError[] {
  const tagsOf = createTagFinder(document);
  const looseTagsOf = createTagFinder(document, true);

  const explain = (schema: Json | undefined, ref: SchemaRef, value: unknown, at: Pointer, depth: number): Reasons => {
    if (schema === false) return { faults: [{ keyword: 'false schema', place: { schema: {}, ref, value, at, depth } }] };
    if (!isObject(schema) || depth > deepest) return none;
    const place: Place = { schema, ref, value, at, depth: depth + 1 };
    const type = member(schema, 'type');
    if (type !== undefined && !hasType(type, value)) {
      return { faults: [{ keyword: 'type', place }], wrongType: (Array.isArray(type) ? type : [type]).map(String) };
    }
    const parts = [ofReference(place), ...ofAll(place), ofUnion('anyOf', place), ofUnion('oneOf', place)].filter((part) => part !== none);
    const wrongType = parts.find((part) => part.wrongType !== undefined)?.wrongType;
    const faults = [
      ...parts.flatMap((part) => part.faults),
      ...ofLeaves(place),
      ...ofMembers(place),
      ...ofItems(place),
      ...ofConditions(place),
    ];
    if (faults.length === 0) return none;
    return wrongType === undefined ? { faults } : { faults, wrongType };
  };

  /** The reasons of a subschema for the same value, or for a part of it. */
  const inside = (
    place: Place,
    keyword: string,
    step?: string | number,
    part?: { readonly value: unknown; readonly at: Pointer },
  ): Reasons => {
    const held = member(place.schema, keyword);
    if (held === undefined) return none;
    const schema = step === undefined ? held : (held as JsonObject)[step];
    const ref = place.ref + (step === undefined ? pointerOf(keyword) : pointerOf(keyword, step));
    return explain(schema, ref, part === undefined ? place.value : part.value, part?.at ?? place.at, place.depth);
  };

  const ofReference = (place: Place): Reasons => {
    const reference = stringMember(place.schema, '$ref');
    const pointer = reference === undefined ? undefined : pointerOfReference(reference);
    if (pointer === undefined) return none;
    return explain(valueAt(document, pointer) as Json | undefined, pointer, place.value, place.at, place.depth);
  };

  const ofAll = (place: Place): Reasons[] => listMember(place.schema, 'allOf').map((_, index) => inside(place, 'allOf', index));

  const ofUnion = (keyword: string, place: Place): Reasons => {
    const branches = listMember(place.schema, keyword);
    if (branches.length === 0) return none;
    const all = [...branches.keys()];
    // What a tag rules out needs no look inside: that is all the difference with forty kinds of events.
    const uncontradicted = all.filter((index) => !contradicts(place.value, tagsOf(branches[index] as Json)));
    const tags = uncontradicted.map((index) => looseTagsOf(branches[index] as Json));
    const likely = uncontradicted.filter((_, at) => !isOfAnother(place.value, tags[at] ?? new Map(), tags));
    const results = likely.map((index) => ({ index, reasons: inside(place, keyword, index) }));
    const fitting = results.filter(({ reasons }) => reasons.faults.length === 0).length;
    if (fitting > 1 && keyword === 'oneOf')
      return { faults: [{ keyword, place, expected: `a value of exactly one branch, not of ${fitting}` }] };
    if (fitting > 0) return none;
    const objects = all.filter(
      (index) => !hasGrown(branches[index]) && results.every((one) => one.index !== index || !one.reasons.wrongType),
    );
    const unknown = ofTag(
      place,
      keyword,
      objects.map((index) => looseTagsOf(branches[index] as Json)),
    );
    if (unknown !== undefined) return { faults: [unknown] };
    // What is accepted beyond the document explains nothing: it only says which tags it leaves to the others.
    const possible = results.filter(({ index, reasons }) => reasons.wrongType === undefined && !hasGrown(branches[index]));
    if (possible.length > 0) return nearest(possible, place, keyword);
    const unlikely = all.filter((index) => !likely.includes(index));
    if (unlikely.length > 0) {
      return nearest(
        unlikely.map((index) => ({ index, reasons: inside(place, keyword, index) })),
        place,
        keyword,
      );
    }
    const types = results.flatMap(({ reasons }) => reasons.wrongType ?? []);
    return { faults: [{ keyword, place, expected: alternatives(types) }], wrongType: types };
  };

  /** The fault of a tag that no branch has, where all of them have one of that name. */
  const ofTag = (place: Place, keyword: string, tags: readonly Tags[]): Fault | undefined => {
    const name = [...(tags[0]?.keys() ?? [])].find((candidate) => {
      const given = member(place.value, candidate);
      return given !== undefined && tags.every((tag) => tag.get(candidate)?.every((allowed) => !sameJson(allowed, given)) ?? false);
    });
    if (name === undefined) return undefined;
    const allowed = tags.flatMap((tag) => tag.get(name) ?? []);
    const distinct = allowed.filter((value, index) => allowed.findIndex((other) => sameJson(other, value)) === index);
    const at = { ...place, value: member(place.value, name), at: place.at + pointerOf(name) };
    return { keyword, place: at, expected: oneOf(distinct), isTag: true };
  };

  const ofLeaves = (place: Place): Fault[] => {
    const { schema, value } = place;
    const faults: Fault[] = [];
    for (const keyword of Object.keys(schema)) {
      if (leafKeywords.get(keyword)?.(schema[keyword] as Json, value) === false) faults.push({ keyword, place });
    }
    const format = stringMember(schema, 'format');
    const formatted = typeof value === 'string' || typeof value === 'number';
    if (format !== undefined && formatted && !hasFormat(format, value)) faults.push({ keyword: 'format', place });
    return faults;
  };

  const ofMembers = (place: Place): Fault[] => {
    const { schema, value } = place;
    if (!isObject(value)) return [];
    const faults: Fault[] = [];
    const missing = (keyword: string, names: readonly Json[]): void => {
      for (const name of names) if (typeof name === 'string' && !Object.hasOwn(value, name)) faults.push({ keyword, place, name });
    };
    missing('required', listMember(schema, 'required'));
    const properties = objectMember(schema, 'properties') ?? {};
    const patterns = Object.keys(objectMember(schema, 'patternProperties') ?? {});
    for (const [name, content] of Object.entries(value)) {
      const part = { value: content, at: place.at + pointerOf(name) };
      const matching = patterns.filter((pattern) => compilePattern(pattern)?.test(name) === true);
      const declared = Object.hasOwn(properties, name);
      if (declared) faults.push(...inside(place, 'properties', name, part).faults);
      for (const pattern of matching) faults.push(...inside(place, 'patternProperties', pattern, part).faults);
      if (!declared && matching.length === 0) {
        if (member(schema, 'additionalProperties') === false) faults.push({ keyword: 'additionalProperties', place, name });
        else faults.push(...inside(place, 'additionalProperties', undefined, part).faults);
      }
      faults.push(...inside(place, 'propertyNames', undefined, { value: name, at: place.at }).faults);
      missing('dependentRequired', listMember(member(schema, 'dependentRequired'), name));
      if (objectMember(schema, 'dependentSchemas')?.[name] !== undefined) faults.push(...inside(place, 'dependentSchemas', name).faults);
    }
    return faults;
  };

  const ofItems = (place: Place): Fault[] => {
    const { schema, value } = place;
    if (!Array.isArray(value)) return [];
    const tuple = listMember(schema, 'prefixItems').length;
    const faults: Fault[] = [];
    for (const [index, content] of value.entries()) {
      const part = { value: content as unknown, at: place.at + pointerOf(index) };
      faults.push(...(index < tuple ? inside(place, 'prefixItems', index, part) : inside(place, 'items', undefined, part)).faults);
    }
    if (member(schema, 'contains') === undefined) return faults;
    const fits = (content: unknown): boolean => inside(place, 'contains', undefined, { value: content, at: place.at }).faults.length === 0;
    const fitting = value.filter(fits).length;
    const least = Number(member(schema, 'minContains') ?? 1);
    const most = Number(member(schema, 'maxContains') ?? Number.POSITIVE_INFINITY);
    return fitting >= least && fitting <= most ? faults : [...faults, { keyword: 'contains', place }];
  };

  const ofConditions = (place: Place): Fault[] => {
    const { schema } = place;
    const refused = member(schema, 'not') !== undefined && inside(place, 'not').faults.length === 0;
    const faults: Fault[] = refused ? [{ keyword: 'not', place }] : [];
    if (member(schema, 'if') === undefined) return faults;
    return [...faults, ...inside(place, inside(place, 'if').faults.length === 0 ? 'then' : 'else').faults];
  };

  return (ref, value) => explain(valueAt(document, ref) as Json | undefined, ref, value, '', 0).faults.map(toSchemaError);
}

function hasGrown(branch: Json | undefined): boolean {
  return member(branch, 'x-assay-grew') === true;
}

/** Fewer faults are nearer; of as many, those of no tag, then those that stand deeper, where more of the value fits. */
function isNearer(one: Reasons, other: Reasons): boolean {
  const tagged = ({ faults }: Reasons): number => faults.filter((fault) => fault.isTag).length;
  const order = one.faults.length - other.faults.length || tagged(one) - tagged(other) || depthOf(other) - depthOf(one);
  return order < 0;
}

function depthOf({ faults }: Reasons): number {
  return Math.min(...faults.map((fault) => fault.place.at.split('/').length));
}

function nearest(results: readonly { readonly index: number; readonly reasons: Reasons }[], place: Place, keyword: string): Reasons {
  const best = results.reduce((least, next) => (isNearer(next.reasons, least.reasons) ? next : least));
  const branch = place.ref + pointerOf(keyword, best.index);
  return { faults: best.reasons.faults.map((fault) => (fault.branch === undefined ? { ...fault, branch } : fault)) };
}

function toSchemaError({ keyword, place, expected, name, branch }: Fault): SchemaError {
  const missing = keyword === 'required' || keyword === 'dependentRequired';
  const params = { missingProperty: name, additionalProperty: name };
  const surplus = keyword === 'additionalProperties' && name !== undefined ? member(place.value, name) : undefined;
  return {
    instancePath: place.at,
    schemaPath: place.ref + pointerOf(keyword),
    keyword,
    expected: expected ?? describeExpectation(keyword, place.schema, params),
    actual: surplus === undefined ? quote(place.value) : `${quote(name)}: ${quote(surplus)}`,
    actualType: missing ? 'absent' : typeOf(surplus ?? place.value),
    ...(name === undefined ? {} : { member: name }),
    ...(branch === undefined ? {} : { branch }),
  };
}
