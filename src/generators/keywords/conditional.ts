import { isObject } from '../../schema/json.ts';
import { pointerOf } from '../../schema/pointer.ts';
import { under, type Breach, type Keyword, type Site } from '../keyword.ts';
import { jsonTypes } from '../shape.ts';

/** `if` with `then` and `else`: values that meet the condition keep the consequence; meeting it without is refused. */
export const conditional: Keyword = {
  name: 'if',
  applies: jsonTypes,
  level: 'MUST',
  narrow() {
    // Decided by the builder once there is a value; see `build.ts`.
  },
  *exercise(site) {
    const met = meeting(site);
    if (met !== undefined) yield { value: met, aspect: 'then' };
  },
  *violate(site) {
    yield* withoutConsequence(site);
  },
};

function meeting({ schema, place, alternative, build, hint }: Site) {
  const condition = under(place, schema['if'], 'if');
  return condition && build.smallest([...alternative.places, condition], hint);
}

/** From a value that keeps both: leaves out, or changes, one member that the consequence asks for. */
function* withoutConsequence(site: Site): Iterable<Breach> {
  const from = meeting(site);
  const consequence = site.schema['then'];
  if (!isObject(from) || !isObject(consequence)) return;
  const asked = new Set([
    ...(Array.isArray(consequence['required']) ? consequence['required'] : []),
    ...(isObject(consequence['properties']) ? Object.keys(consequence['properties']) : []),
  ]);
  for (const name of asked) {
    if (typeof name !== 'string' || !Object.hasOwn(from, name)) continue;
    const what = `meets the condition of ${site.place.rule?.id ?? '"if"'} without its consequence for ${JSON.stringify(name)}`;
    yield { at: pointerOf(name), aspect: `without ${name}`, what, member: name, from };
    if (typeof from[name] === 'boolean')
      yield { at: pointerOf(name), value: !from[name], aspect: `other ${name}`, what, member: name, from };
  }
}
