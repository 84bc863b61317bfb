import type { Json, JsonObject, LintEntry, SchemaError, SchemaRef } from '../../model/index.ts';
import { quote } from '../../schema/describe.ts';
import { isObject, listMember, member, objectMember, sameJson } from '../../schema/json.ts';
import { hasType } from '../../schema/leaf-keywords.ts';
import { pointerOf } from '../../schema/pointer.ts';
import { schemaAt } from '../../schema/reference.ts';
import { samplesOf } from '../../schema/sample.ts';
import { contradicts } from '../../schema/tags.ts';
import type { Tags } from '../../schema/tags.ts';

/** What a rule sees of one schema of the converted document. */
interface LintContext {
  readonly document: JsonObject;
  readonly schema: JsonObject;
  readonly pointer: SchemaRef;
  /** Why the value does not fit the schema there; empty where it does. */
  /** The members that a branch of a union fixes to one value. */
  readonly tagsOf: (branch: Json) => Tags;
  readonly explain: (ref: SchemaRef, value: unknown) => readonly SchemaError[];
}

type SchemaRule = (context: LintContext) => readonly Omit<LintEntry, 'rule'>[];

/** The rules on single schemas: none leaves anything out, each says what the document's author should look at. */
export const schemaRules: Readonly<Record<string, SchemaRule>> = {
  'default-breaks-schema': ({ schema, pointer, explain }) => {
    const value = member(schema, 'default');
    if (value === undefined) return [];
    const [error] = explain(pointer, value);
    if (error === undefined) return [];
    const message = `The default ${quote(value)} breaks its own schema: expected ${error.expected}${error.instancePath === '' ? '' : ` at ${error.instancePath}`}`;
    return [{ pointer: `${pointer}/default`, message }];
  },

  'required-but-undefined': ({ schema, pointer }) => {
    const properties = objectMember(schema, 'properties');
    // Beside another schema the member may be defined there, and in `allOf` so it may by a neighbour.
    if (properties === undefined || /\/allOf\/\d+$/.test(pointer) || combining.some((keyword) => Object.hasOwn(schema, keyword))) return [];
    const missing = listMember(schema, 'required').filter((name) => typeof name === 'string' && !Object.hasOwn(properties, name));
    if (missing.length === 0) return [];
    return [{ pointer: `${pointer}/required`, message: `Required, but not among the properties: ${missing.map(quote).join(', ')}` }];
  },

  'keyword-without-effect': ({ schema, pointer }) => {
    const type = member(schema, 'type');
    if (type === undefined) return [];
    return Object.keys(schema).flatMap((keyword) => {
      const effective = effectOn.get(keyword);
      if (effective === undefined || couldBe(type, effective)) return [];
      return [{ pointer: pointer + pointerOf(keyword), message: `\`${keyword}\` says nothing of a ${quote(type)}` }];
    });
  },

  'unsatisfiable-schema': ({ schema, pointer }) => {
    const found: Omit<LintEntry, 'rule'>[] = [];
    for (const [low, high] of pairs) {
      const least = member(schema, low);
      const most = member(schema, high);
      if (typeof least !== 'number' || typeof most !== 'number' || least <= most) continue;
      found.push({ pointer: pointer + pointerOf(low), message: `No value fits: ${low} ${least} is above ${high} ${most}` });
    }
    const type = member(schema, 'type');
    const values = type === undefined ? [] : listMember(schema, 'enum');
    if (type !== undefined && values.length > 0 && !values.some((value) => hasType(type, value))) {
      found.push({ pointer: `${pointer}/enum`, message: `No value fits: no member of the enum is of type ${quote(type)}` });
    }
    return found;
  },

  'unsatisfiable-branch': ({ document, schema, pointer }) => {
    const type = member(schema, 'type');
    if (type === undefined) return [];
    return ['allOf', 'anyOf'].flatMap((keyword) =>
      listMember(schema, keyword).flatMap((_, index) => {
        const at = pointer + pointerOf(keyword, index);
        const branchType = member(schemaAt(document, at, { follow: true }), 'type');
        if (branchType === undefined || typesMeet(type, branchType)) return [];
        return [{ pointer: at, message: `No value fits: type ${quote(branchType)} beside type ${quote(type)}` }];
      }),
    );
  },

  'overlapping-one-of': (context) => {
    if (member(context.schema, 'x-assay-one-of') !== true) return [];
    const overlap = overlapOf(context);
    if (overlap === undefined) return [];
    const message = `${quote(overlap.value)} fits branch ${overlap.first} and branch ${overlap.second} of a oneOf; it is read as anyOf`;
    return [{ pointer: `${context.pointer}/anyOf`, message }];
  },
};

const combining = ['$ref', 'allOf', 'anyOf', 'oneOf', 'if', 'patternProperties'];

const pairs = [
  ['minimum', 'maximum'],
  ['minLength', 'maxLength'],
  ['minItems', 'maxItems'],
  ['minProperties', 'maxProperties'],
] as const;

const effectOn = new Map<string, string>(
  Object.entries({
    array: 'items prefixItems minItems maxItems uniqueItems contains',
    object: 'properties required additionalProperties patternProperties minProperties maxProperties propertyNames',
    string: 'minLength maxLength pattern',
    number: 'minimum maximum exclusiveMinimum exclusiveMaximum multipleOf',
  }).flatMap(([type, keywords]) => keywords.split(' ').map((keyword) => [keyword, type] as const)),
);

function couldBe(type: Json, effective: string): boolean {
  return (Array.isArray(type) ? type : [type]).some((entry) => entry === effective || (entry === 'integer' && effective === 'number'));
}

function typesMeet(left: Json, right: Json): boolean {
  const list = (type: Json): readonly Json[] => (Array.isArray(type) ? type : [type]);
  return list(left).some((a) =>
    list(right).some((b) => a === b || (a === 'integer' && b === 'number') || (a === 'number' && b === 'integer')),
  );
}

/** A value that two branches accept, found among samples of each branch: what is named here is proven. */
function overlapOf({
  document,
  schema,
  pointer,
  explain,
  tagsOf,
}: LintContext): { first: number; second: number; value: Json } | undefined {
  const accepts = (ref: SchemaRef, value: Json): boolean => explain(ref, value).length === 0;
  const branches = listMember(schema, 'anyOf').map((branch, index) => {
    const at = pointer + pointerOf('anyOf', index);
    return { index, at, tags: tagsOf(branch), target: schemaAt(document, at, { follow: true }), ignored: sameJson(branch, nullSchema) };
  });
  for (const branch of branches) {
    const { at, index } = branch;
    const others = branch.ignored ? [] : branches.filter((other) => other !== branch && !other.ignored && !differInTag(branch, other));
    for (const value of others.length === 0 ? [] : samplesOf(document, at)) {
      // Cheap refusals first: most branches differ in a tag, a type or a required member.
      const other = others.find(
        ({ at: there, tags, target }) => !contradicts(value, tags) && couldFit(target, value) && accepts(there, value),
      );
      if (other !== undefined && accepts(at, value) && accepts(pointer, value)) return { first: index, second: other.index, value };
    }
  }
  return undefined;
}

/** Whether a member that one of them demands is fixed to different values: no value fits both. */
function differInTag(left: Branch, right: Branch): boolean {
  return [...left.tags].some(([name, values]) => {
    const others = right.tags.get(name);
    const demanded = [left, right].some(({ target }) => listMember(target, 'required').includes(name));
    return others !== undefined && demanded && !values.some((value) => others.some((other) => sameJson(value, other)));
  });
}

interface Branch {
  readonly tags: Tags;
  readonly target: Json | undefined;
}

function couldFit(schema: Json | undefined, value: Json): boolean {
  const type = member(schema, 'type');
  if (type !== undefined && !hasType(type, value)) return false;
  return !isObject(value) || listMember(schema, 'required').every((name) => typeof name !== 'string' || Object.hasOwn(value, name));
}

const nullSchema = { type: 'null' };
