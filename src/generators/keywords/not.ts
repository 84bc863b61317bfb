import { isObject } from '../../schema/json.ts';
import { pointerOf } from '../../schema/pointer.ts';
import { under, type Keyword } from '../keyword.ts';
import { jsonTypes } from '../shape.ts';

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
    const others = alternative.places.filter((one) => one.pointer !== place.pointer && one.pointer !== inner.pointer);
    const { not: _, ...rest } = schema;
    const broken = build.smallest([...others, { ...place, schema: rest, derived: 'without not' }, inner], hint);
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
