import { isObject } from '../../schema/json.ts';
import { pointerOf } from '../../schema/pointer.ts';
import { under, type Keyword } from '../keyword.ts';
import { jsonTypes, type Place } from '../shape.ts';

/** `not`: a value that fits the inner schema is refused. Simple forms narrow generation; others are left to the judge. */
export const not: Keyword = {
  name: 'not',
  applies: jsonTypes,
  level: 'MUST',
  narrow() {
    // Turned into limits by `negate.ts`, before narrowing.
  },
  *exercise({ value }) {
    yield { value, aspect: 'outside' };
  },
  *violate({ schema, place, alternative, build, hint, value }) {
    const inner = under(place, schema['not'], 'not');
    if (!inner) return;
    // The alternative is flat already; followed again, `allOf` would bring the `not` back.
    const others = alternative.places.filter((one) => one.pointer !== inner.pointer).map(flat);
    const broken = build.smallest([...others, inner], hint);
    const what = 'sends what "not" forbids';
    const added = isObject(broken) && isObject(value) ? Object.keys(broken).findLast((name) => !Object.hasOwn(value, name)) : undefined;
    if (added === undefined || !isObject(broken)) {
      if (broken !== undefined) yield { value: broken, aspect: 'inside', what };
      return;
    }
    // One member is what makes the difference: without it the object is valid.
    const { [added]: last, ...from } = broken;
    if (last !== undefined) yield { at: pointerOf(added), value: last, aspect: 'inside', what, member: added, from };
  },
};

function flat(place: Place): Place {
  if (!isObject(place.schema)) return place;
  const { $ref: _, allOf: _all, anyOf: _any, oneOf: _one, not: _not, if: _if, ...rest } = place.schema;
  return { ...place, schema: rest, derived: 'flat' };
}
