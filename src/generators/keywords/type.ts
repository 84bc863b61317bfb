import type { Json } from '../../model/index.ts';
import type { Breach, Keyword, Site } from '../keyword.ts';
import { jsonTypes, type JsonType } from '../shape.ts';

const words: Readonly<Record<JsonType, string>> = {
  object: 'an object',
  array: 'an array',
  string: 'a string',
  number: 'a number',
  boolean: 'a boolean',
  null: 'null',
};

/** `type`: another JSON type, null where it is not nullable, a number as string and a string as number, a fraction for an integer. */
export const type: Keyword = {
  name: 'type',
  applies: jsonTypes,
  level: 'MUST',
  narrow(limits, schema) {
    const named = new Set([schema['type']].flat());
    for (const known of jsonTypes) {
      if (!named.has(known) && !(known === 'number' && named.has('integer'))) limits.types.delete(known);
    }
    if (named.has('integer') && !named.has('number')) limits.integer = true;
  },
  *exercise({ alternative, build, hint }) {
    const { types, values } = alternative.limits;
    if (types.has('boolean') && !values) {
      yield { value: true, aspect: 'true' };
      yield { value: false, aspect: 'false' };
    }
    if (types.size < 2) return;
    for (const one of types) {
      const value = build.ofType(alternative, one, hint);
      if (value !== undefined) yield { value, aspect: one };
    }
  },
  *violate(site) {
    const named = new Set([site.schema['type']].flat());
    for (const [aspect, value] of others(site)) {
      if (named.has(aspect) || (aspect === 'number' && named.has('integer') && Number.isInteger(value))) continue;
      yield breach(aspect, value, `sends ${words[aspect]} where ${[...named].join(' or ')} is asked for`);
    }
    if (named.has('integer') && !named.has('number')) yield breach('fraction', 1.5, 'sends a fraction where an integer is asked for');
    if ((named.has('integer') || named.has('number')) && typeof site.value === 'number') {
      yield breach('number-as-string', String(site.value), 'sends the number as a string');
    }
    if (named.has('boolean') && typeof site.value === 'boolean')
      yield breach('boolean-as-string', String(site.value), 'sends the boolean as a string');
  },
};

function breach(aspect: string, value: Json, what: string): Breach {
  return { value, aspect, what };
}

/** One value of each type, of a kind that no other branch of a usual union takes. */
function others({ value }: Site): [JsonType, Json][] {
  const array: Json = Array.isArray(value) ? [] : [{ 'not-declared': [true] }];
  return [
    ['null', null],
    ['object', { 'not-declared': [true] }],
    ['array', array],
    ['string', 'not of this type'],
    ['number', 12345],
    ['boolean', true],
  ];
}
