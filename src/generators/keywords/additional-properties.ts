import { pointerOf } from '../../schema/pointer.ts';
import type { Keyword } from '../keyword.ts';

/** `additionalProperties: false`: a member that is not declared is refused. What a schema says of further members is a place of its own. */
export const additionalProperties: Keyword = closing('additionalProperties');

/** `unevaluatedProperties: false`: the same over all schemas of the place. */
export const unevaluatedProperties: Keyword = closing('unevaluatedProperties');

function closing(name: 'additionalProperties' | 'unevaluatedProperties'): Keyword {
  return {
    name,
    applies: ['object'],
    level: 'MUST',
    narrow() {
      // The members' places are made by `properties`, which needs all four keywords at once.
    },
    *exercise({ schema, alternative, build }) {
      if (schema[name] === false) return;
      const value = build.withExtra(alternative, 1);
      if (value !== undefined) yield { value, aspect: 'further member' };
    },
    *violate({ schema, alternative, build }) {
      if (schema[name] !== false) return;
      const extra = ['not_declared', 'not-declared', 'notDeclared'].find((one) => build.memberOf(alternative, one) === undefined);
      if (extra === undefined) return;
      yield {
        at: pointerOf(extra),
        value: 'x',
        aspect: 'undeclared',
        what: `sends the member ${JSON.stringify(extra)}, which is not declared`,
        member: extra,
      };
    },
  };
}
