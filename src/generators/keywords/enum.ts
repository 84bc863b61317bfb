import type { Json } from '../../model/index.ts';
import { sameJson } from '../../schema/json.ts';
import type { Keyword } from '../keyword.ts';
import { jsonTypes } from '../shape.ts';

/** `enum`: each member is sent; a value of the same type outside the list is refused. */
export const enumeration: Keyword = {
  name: 'enum',
  applies: jsonTypes,
  level: 'MUST',
  narrow(limits, schema) {
    const members = listOf(schema['enum']);
    limits.values = limits.values?.filter((value) => members.some((member) => sameJson(member, value))) ?? members;
  },
  *exercise({ schema, alternative }) {
    const allowed = alternative.limits.values ?? [];
    for (const value of listOf(schema['enum'])) {
      if (allowed.some((one) => sameJson(one, value))) yield { value, aspect: aspectOf(value) };
    }
  },
  *violate({ schema }) {
    const members = listOf(schema['enum']);
    for (const value of outsiders(members)) {
      if (!members.some((member) => sameJson(member, value))) {
        yield { value, aspect: 'unknown', what: `sends ${JSON.stringify(value)}, which is no member of the enum` };
        break;
      }
    }
    const word = members.find((member) => typeof member === 'string' && member.toUpperCase() !== member);
    if (typeof word === 'string' && !members.includes(word.toUpperCase())) {
      yield { value: word.toUpperCase(), aspect: 'case', what: `sends the member ${JSON.stringify(word)} in capitals` };
    }
  },
};

/** How the coverage table names a member of an enum. */
export function aspectOf(value: Json): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}

function listOf(members: Json | undefined): readonly Json[] {
  return Array.isArray(members) ? members : [];
}

function outsiders(members: readonly Json[]): Json[] {
  if (members.some((member) => typeof member === 'string')) return ['not-a-member', 'surely-not-a-member'];
  if (members.some((member) => typeof member === 'number')) return [98_765, 98_766.5];
  if (members.every((member) => typeof member === 'boolean')) return [true, false];
  return ['not-a-member', null];
}
