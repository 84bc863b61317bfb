import type { Json } from '../../model/index.ts';
import { isObject } from '../../schema/json.ts';
import { pointerOf } from '../../schema/pointer.ts';
import { under, type Keyword } from '../keyword.ts';
import { noLimits } from '../shape.ts';
import { textFits } from '../text.ts';

/** `propertyNames`: names that fit are generated, a member whose name does not fit is refused. */
export const propertyNames: Keyword = {
  name: 'propertyNames',
  applies: ['object'],
  level: 'MUST',
  narrow(limits, schema, place) {
    const inner = under(place, schema['propertyNames'], 'propertyNames');
    if (inner) limits.names.push(inner);
  },
  *exercise({ alternative, build, value }) {
    const more = build.withExtra(alternative, 1);
    yield { value: more ?? value, aspect: 'fitting' };
  },
  *violate({ schema, place, alternative, build }) {
    const inner = under(place, schema['propertyNames'], 'propertyNames');
    const entry: Json | undefined = build.extraValue(alternative);
    if (!inner || entry === undefined) return;
    for (const limits of build.alternativesOf([inner]).map((one) => one.limits)) {
      const long = Number.isFinite(limits.maxLength) ? 'k'.repeat(limits.maxLength + 1) : undefined;
      const values = limits.values;
      const names = [long, 'not a name!', '!', ''].filter(
        (name) => name !== undefined && (values ? !values.includes(name) : !textFits({ ...noLimits(), ...limits }, name)),
      );
      const name = names[0];
      if (name === undefined) continue;
      const from = isObject(build.withCount(alternative, 0)) ? build.withCount(alternative, 0) : undefined;
      yield {
        at: pointerOf(name),
        value: entry,
        aspect: 'bad-name',
        what: `sends a member named ${JSON.stringify(name.slice(0, 20))}${name.length > 20 ? '…' : ''}`,
        member: name,
        ...(from !== undefined && { from }),
      };
      return;
    }
  },
};
