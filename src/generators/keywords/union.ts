import type { Json } from '../../model/index.ts';
import { isObject, objectMember, stringMember } from '../../schema/json.ts';
import { pointerOf } from '../../schema/pointer.ts';
import type { Breach, Keyword, Site } from '../keyword.ts';
import { jsonTypes } from '../shape.ts';

/** `anyOf`: each branch is sent; what fits none, and an unknown tag, are refused. */
export const anyOf: Keyword = union('anyOf');

/** `oneOf`, where a contract keeps it: the same. */
export const oneOf: Keyword = union('oneOf');

function union(name: 'anyOf' | 'oneOf'): Keyword {
  return {
    name,
    applies: jsonTypes,
    level: 'MUST',
    narrow() {
      // Alternatives take one branch of each union; see `alternatives.ts`.
    },
    *exercise({ alternative, value, place }) {
      for (const branch of alternative.branches) {
        if (branch.union.pointer === place.pointer && branch.keyword === name) yield { value, aspect: `branch ${branch.index}` };
      }
    },
    *violate(site) {
      yield* tagBreach(site);
      for (const value of strangers) yield { value, aspect: 'no-branch', what: `sends ${JSON.stringify(value)}, which fits no branch` };
    },
  };
}

const strangers: readonly Json[] = [[[{ 'fits-no-branch': true }]], true, 12.5, { 'fits-no-branch': true }];

function* tagBreach({ schema, value }: Site): Iterable<Breach> {
  const tag = stringMember(objectMember(schema, 'discriminator'), 'propertyName');
  if (tag === undefined || !isObject(value)) return;
  yield {
    at: pointerOf(tag),
    value: 'unknown-tag',
    aspect: 'discriminator',
    what: `sends an unknown value of the tag ${JSON.stringify(tag)}`,
    member: tag,
  };
}
