import type { Json, JsonObject } from '../model/index.ts';
import { isObject, listMember, member, objectMember, sameJson, stringMember } from './json.ts';
import { pointerOfReference, valueAt } from './pointer.ts';

/** The members that a schema fixes to one value, or a union to one of few: what tells its branches apart. */
export type Tags = ReadonlyMap<string, readonly Json[]>;

const deepest = 8;

/**
 * Makes the function that finds the tags of a branch, through references, `allOf` and nested unions; each branch is looked at once.
 * `loose` also takes required members of few values: they tell a branch from others only where another one has the value that was given.
 */
export function createTagFinder(document: JsonObject, loose = false): (branch: Json) => Tags {
  const known = new WeakMap<object, Tags>();
  const find = (branch: Json, depth: number): Tags => {
    if (!isObject(branch) || depth > deepest) return new Map();
    const before = known.get(branch);
    if (before !== undefined) return before;
    const tags = new Map<string, readonly Json[]>();
    const pointer = pointerOfReference(stringMember(branch, '$ref') ?? '');
    const target = pointer === undefined ? [] : [valueAt(document, pointer) as Json];
    for (const part of [...target, ...listMember(branch, 'allOf')])
      for (const [name, values] of find(part, depth + 1)) tags.set(name, values);
    for (const [name, values] of ofUnion(listMember(branch, 'anyOf').map((entry) => find(entry, depth + 1)))) tags.set(name, values);
    const required = listMember(branch, 'required');
    for (const [name, schema] of Object.entries(objectMember(branch, 'properties') ?? {})) {
      const constant = member(schema, 'const');
      const values = constant === undefined ? listMember(schema, 'enum') : [constant];
      if (values.length === 1 || (loose && values.length > 0 && required.includes(name))) tags.set(name, values);
    }
    if (depth === 0) known.set(branch, tags);
    return tags;
  };
  return (branch) => find(branch, 0);
}

/** A union fixes a member only where every branch does. */
function ofUnion(branches: readonly Tags[]): Tags {
  const [first, ...others] = branches;
  const shared = [...(first?.keys() ?? [])].filter((name) => others.every((tags) => tags.has(name)));
  return new Map(shared.map((name) => [name, branches.flatMap((tags) => tags.get(name) ?? [])]));
}

/** Whether the value says by a tag that it is none of this branch; sound, not complete. */
export function contradicts(value: unknown, tags: Tags): boolean {
  for (const [name, allowed] of tags) {
    const given = member(value, name);
    if (given !== undefined && !allowed.some((tag) => sameJson(tag, given))) return true;
  }
  return false;
}

/** Whether the value says by a tag that it is another branch, which has that value for it. */
export function isOfAnother(value: unknown, tags: Tags, others: readonly Tags[]): boolean {
  return [...tags].some(([name, allowed]) => {
    const given = member(value, name);
    const has = (values: readonly Json[] | undefined): boolean =>
      given !== undefined && (values?.some((tag) => sameJson(tag, given)) ?? false);
    return !has(allowed) && others.some((other) => has(other.get(name)));
  });
}
