import type { Json, JsonObject, Pointer, SchemaError, SchemaRef } from '../model/index.ts';
import { alternatives, describeExpectation, oneOf, quote, typeOf } from './describe.ts';
import { isObject, listMember, member, objectMember, sameJson, stringMember } from './json.ts';
import { hasType, leafKeywords } from './leaf-keywords.ts';
import { compilePattern } from './pattern.ts';
import { pointerOf, pointerOfReference, valueAt } from './pointer.ts';

/** What is wrong with a value, and whether its type alone rules the schema out (then: the types that would do). */
interface Reasons {
  readonly errors: readonly SchemaError[];
  readonly wrongType?: readonly string[];
}

const none: Reasons = { errors: [] };
/** Schemas may refer to themselves without end; values nest less deep than that. */
const deepest = 200;

/** One place of the walk: a schema and where it stands, a value and where it stands. */
interface Place {
  readonly schema: JsonObject;
  readonly ref: SchemaRef;
  readonly value: unknown;
  readonly at: Pointer;
  readonly depth: number;
}

/**
 * Makes the function that says why a value is refused, for people: of a union only the nearest branch. It looks at the branch's tag first
 * (a member that is a constant in several branches), then at the type, then takes the branch with the fewest errors.
 * It says nothing (an empty list) of keywords that it does not know: ask the validator for those.
 */
export function createExplainer(
  document: JsonObject,
  formatAccepts: (format: string, value: string | number) => boolean,
): (ref: SchemaRef, value: unknown) => readonly SchemaError[] {
  const explain = (schema: Json | undefined, ref: SchemaRef, value: unknown, at: Pointer, depth: number): Reasons => {
    if (schema === false) return { errors: [errorOf('false schema', { schema: {}, ref, value, at, depth })] };
    if (!isObject(schema) || depth > deepest) return none;
    const place: Place = { schema, ref, value, at, depth: depth + 1 };
    const reference = ofReference(place);
    const type = member(schema, 'type');
    if (type !== undefined && !hasType(type, value)) {
      return { errors: [errorOf('type', place)], wrongType: (Array.isArray(type) ? type : [type]).map(String) };
    }
    const unions = ['anyOf', 'oneOf'].map((keyword) => ofUnion(keyword, place));
    const parts = [reference, ...ofAll(place), ...unions];
    const wrongType = parts.find((part) => part.wrongType !== undefined)?.wrongType;
    const errors = [
      ...parts.flatMap((part) => part.errors),
      ...ofLeaves(place),
      ...ofMembers(place),
      ...ofItems(place),
      ...ofConditions(place),
    ];
    return wrongType === undefined ? { errors } : { errors, wrongType };
  };

  const inside = (place: Place, keyword: string, ...tokens: readonly (string | number)[]): Reasons => {
    const ref = pointerOf(keyword, ...tokens);
    return explain(valueAt(place.schema, ref) as Json | undefined, place.ref + ref, place.value, place.at, place.depth);
  };

  const ofReference = (place: Place): Reasons => {
    const pointer = pointerOfReference(stringMember(place.schema, '$ref') ?? '');
    if (pointer === undefined) return none;
    return explain(valueAt(document, pointer) as Json | undefined, pointer, place.value, place.at, place.depth);
  };

  const ofAll = (place: Place): Reasons[] => listMember(place.schema, 'allOf').map((_, index) => inside(place, 'allOf', index));

  const ofUnion = (keyword: string, place: Place): Reasons => {
    const branches = listMember(place.schema, keyword);
    if (branches.length === 0) return none;
    const results = branches.map((branch, index) => ({
      branch,
      ref: place.ref + pointerOf(keyword, index),
      reasons: inside(place, keyword, index),
    }));
    const fitting = results.filter(({ reasons }) => reasons.errors.length === 0).length;
    if (fitting > 1 && keyword === 'oneOf')
      return { errors: [errorOf('oneOf', place, `a value of exactly one branch, not of ${fitting}`)] };
    if (fitting > 0) return none;
    const possible = results.filter(({ reasons }) => reasons.wrongType === undefined);
    if (possible.length === 0) {
      const types = results.flatMap(({ reasons }) => reasons.wrongType ?? []);
      return { errors: [errorOf(keyword, place, alternatives(types))], wrongType: types };
    }
    const tagged = ofTags(place, keyword, possible);
    if ('error' in tagged) return { errors: [tagged.error] };
    const nearest = tagged.branches.reduce((best, next) => (next.reasons.errors.length < best.reasons.errors.length ? next : best));
    return { errors: nearest.reasons.errors.map((error) => ({ ...error, branch: error.branch ?? nearest.ref })) };
  };

  /** The branches that the value's tag names; an error where it names none of them; all of them where there is no tag. */
  const ofTags = <Branch extends { readonly branch: Json; readonly ref: Pointer }>(
    place: Place,
    keyword: string,
    branches: readonly Branch[],
  ): { readonly branches: readonly Branch[] } | { readonly error: SchemaError } => {
    const { value } = place;
    if (!isObject(value) || branches.length < 2) return { branches };
    const tags = branches.map(({ branch }) => tagsOf(branch, 0));
    for (const name of new Set(tags.flatMap((tag) => [...tag.keys()]))) {
      const given = member(value, name);
      if (given === undefined || tags.filter((tag) => tag.has(name)).length < 2) continue;
      const matching = branches.filter((_, index) => tags[index]?.get(name)?.some((tag) => sameJson(tag, given)) ?? false);
      if (matching.length > 0) return { branches: matching };
      if (tags.every((tag) => tag.has(name))) {
        const allowed = tags.flatMap((tag) => tag.get(name) ?? []);
        const at = { ...place, value: given, at: place.at + pointerOf(name) };
        const distinct = allowed.filter((tag, index) => allowed.findIndex((other) => sameJson(other, tag)) === index);
        return { error: errorOf(keyword, at, oneOf(distinct)) };
      }
    }
    return { branches };
  };

  /** The members that a branch fixes to a constant, through references and `allOf`. */
  const tagsOf = (branch: Json, depth: number): Map<string, readonly Json[]> => {
    const tags = new Map<string, readonly Json[]>();
    const pointer = pointerOfReference(stringMember(branch, '$ref') ?? '');
    const parts = [...(pointer === undefined ? [] : [valueAt(document, pointer) as Json]), ...listMember(branch, 'allOf')];
    if (depth < 8) for (const part of parts) for (const [name, values] of tagsOf(part, depth + 1)) tags.set(name, values);
    for (const union of depth < 8 ? listMember(branch, 'anyOf') : []) {
      for (const [name, values] of tagsOf(union, depth + 1)) tags.set(name, [...(tags.get(name) ?? []), ...values]);
    }
    for (const [name, schema] of Object.entries(objectMember(branch, 'properties') ?? {})) {
      const constant = member(schema, 'const');
      const values = constant === undefined ? listMember(schema, 'enum') : [constant];
      if (values.length === 1) tags.set(name, values);
    }
    return tags;
  };

  const ofLeaves = (place: Place): SchemaError[] => {
    const errors: SchemaError[] = [];
    for (const [keyword, limit] of Object.entries(place.schema)) {
      if (leafKeywords.get(keyword)?.(limit, place.value) === false) errors.push(errorOf(keyword, place));
    }
    const format = stringMember(place.schema, 'format');
    const { value } = place;
    if (format !== undefined && (typeof value === 'string' || typeof value === 'number') && !formatAccepts(format, value)) {
      errors.push(errorOf('format', place));
    }
    return errors;
  };

  const ofMembers = (place: Place): SchemaError[] => {
    const { schema, value } = place;
    if (!isObject(value)) return [];
    const errors: SchemaError[] = [];
    const missing = (keyword: string, names: readonly Json[]): void => {
      for (const name of names) {
        if (typeof name === 'string' && !Object.hasOwn(value, name)) errors.push(missingOf(keyword, place, name));
      }
    };
    missing('required', listMember(schema, 'required'));
    const properties = objectMember(schema, 'properties') ?? {};
    const patterns = Object.keys(objectMember(schema, 'patternProperties') ?? {});
    for (const [name, content] of Object.entries(value)) {
      const keywords: (readonly [string, ...string[]])[] = patterns
        .filter((pattern) => compilePattern(pattern)?.test(name) === true)
        .map((pattern) => ['patternProperties', pattern]);
      if (Object.hasOwn(properties, name)) keywords.push(['properties', name]);
      const inner = { ...place, value: content, at: place.at + pointerOf(name) };
      if (keywords.length > 0) errors.push(...keywords.flatMap((tokens) => inside(inner, ...tokens).errors));
      else if (member(schema, 'additionalProperties') === false) errors.push(surplusOf(place, name, content));
      else errors.push(...inside(inner, 'additionalProperties').errors);
      errors.push(...inside({ ...place, value: name }, 'propertyNames').errors);
      missing('dependentRequired', listMember(member(schema, 'dependentRequired'), name));
      errors.push(...inside(place, 'dependentSchemas', name).errors);
    }
    return errors;
  };

  const ofItems = (place: Place): SchemaError[] => {
    const { schema, value } = place;
    if (!Array.isArray(value)) return [];
    const tuple = listMember(schema, 'prefixItems').length;
    const errors = value.flatMap((content: unknown, index) => {
      const inner = { ...place, value: content, at: place.at + pointerOf(index) };
      return (index < tuple ? inside(inner, 'prefixItems', index) : inside(inner, 'items')).errors;
    });
    if (member(schema, 'contains') === undefined) return errors;
    const fitting = value.filter((content: unknown) => inside({ ...place, value: content }, 'contains').errors.length === 0).length;
    const least = Number(member(schema, 'minContains') ?? 1);
    const most = Number(member(schema, 'maxContains') ?? Number.POSITIVE_INFINITY);
    return fitting >= least && fitting <= most ? errors : [...errors, errorOf('contains', place)];
  };

  const ofConditions = (place: Place): SchemaError[] => {
    const errors: SchemaError[] = [];
    const { schema } = place;
    if (member(schema, 'not') !== undefined && inside(place, 'not').errors.length === 0) errors.push(errorOf('not', place));
    if (member(schema, 'if') !== undefined) {
      errors.push(...inside(place, inside(place, 'if').errors.length === 0 ? 'then' : 'else').errors);
    }
    return errors;
  };

  return (ref, value) => explain(valueAt(document, ref) as Json | undefined, ref, value, '', 0).errors;
}

function errorOf(keyword: string, place: Place, expected?: string): SchemaError {
  return {
    instancePath: place.at,
    schemaPath: place.ref + pointerOf(keyword),
    keyword,
    expected: expected ?? describeExpectation(keyword, place.schema),
    actual: quote(place.value),
    actualType: typeOf(place.value),
  };
}

function missingOf(keyword: string, place: Place, name: string): SchemaError {
  const expected = describeExpectation(keyword, place.schema, { missingProperty: name });
  return { ...errorOf(keyword, place, expected), actualType: 'absent' };
}

function surplusOf(place: Place, name: string, content: unknown): SchemaError {
  const expected = describeExpectation('additionalProperties', place.schema, { additionalProperty: name });
  return { ...errorOf('additionalProperties', place, expected), actual: `${quote(name)}: ${quote(content)}`, actualType: typeOf(content) };
}
