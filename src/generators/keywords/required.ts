import { member } from '../../schema/json.ts';
import { pointerOf } from '../../schema/pointer.ts';
import type { Keyword } from '../keyword.ts';

/** `required`: each member is sent; leaving one out is refused. */
export const required: Keyword = {
  name: 'required',
  applies: ['object'],
  level: 'MUST',
  narrow(limits, schema) {
    for (const name of namesOf(schema['required'])) limits.required.add(name);
  },
  *exercise({ value }) {
    yield { value, aspect: 'all' };
  },
  *violate({ schema, value }) {
    for (const name of namesOf(schema['required'])) {
      if (member(value, name) === undefined) continue;
      yield { at: pointerOf(name), aspect: name, what: `leaves out the required member ${JSON.stringify(name)}`, member: name };
    }
  },
};

function namesOf(names: unknown): string[] {
  return Array.isArray(names) ? names.filter((name) => typeof name === 'string') : [];
}
