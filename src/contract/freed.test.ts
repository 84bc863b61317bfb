import { expect, test } from 'vitest';
import type { Json, JsonObject } from '../model/index.ts';
import { createJudge } from '../schema/index.ts';
import { createFreedSearch } from './freed.ts';

const pet = (name: Json): JsonObject => ({
  components: { schemas: { Pet: { type: 'object', properties: { name } }, Name: { type: 'string' } } },
});
const named = (schema: Json, name: Json = { type: 'string' }): JsonObject => ({ components: { schemas: { Pet: schema, Name: name } } });
const ofName = { $ref: '#/components/schemas/Name' };
const nullable = { type: ['string', 'null'] };

/** Documents as published and repaired, a value that needs the repair, and one that does not. */
test.each<readonly [what: string, published: JsonObject, repaired: JsonObject, needs: Json, does: Json]>([
  ['a member', pet({ type: 'string' }), pet(nullable), { name: null }, { name: 'Tom' }],
  ['a member that is new', pet({ const: 1 }), pet({ type: 'integer' }), { name: 2 }, { name: 1 }],
  ['a new member of an enumeration', pet({ enum: ['a'] }), pet({ enum: ['a', 'b'] }), { name: 'b' }, { name: 'a' }],
  ['a schema that is referred to', named(ofName), named(ofName, nullable), null, 'Tom'],
  ['a list', named({ items: ofName }), named({ items: ofName }, nullable), ['a', null], ['a']],
  ['a map', named({ additionalProperties: ofName }), named({ additionalProperties: ofName }, nullable), { a: null }, { a: '' }],
  ['a tuple', named({ prefixItems: [ofName] }), named({ prefixItems: [ofName] }, nullable), [null], ['a']],
  ['a condition', named({ if: { type: 'array' }, else: ofName }), named({ if: { type: 'array' }, else: ofName }, nullable), null, 'a'],
  [
    'a required member',
    named({ type: 'object', required: ['a', 'b'] }),
    named({ type: 'object', required: ['b'] }),
    { b: 1 },
    { a: 1, b: 1 },
  ],
  ['a bound that goes', named({ maxLength: 2 }), named({}), 'long', 'a'],
  ['a part', named({ allOf: [ofName, { minLength: 1 }] }), named({ allOf: [ofName, { minLength: 0 }] }), '', 'a'],
  ['a branch', named({ anyOf: [ofName] }), named({ anyOf: [ofName, { type: 'integer' }] }), 1, 'a'],
  ['a member that goes', pet({ type: 'string' }), named({ type: 'object', properties: {} }), { name: 1 }, { name: 'a' }],
  [
    'a member whose name is a keyword',
    named({ properties: { description: { type: 'string' } } }),
    named({ properties: { description: nullable } }),
    { description: null },
    { description: 'a' },
  ],
])('finds values that need the repair of %s, and no others', (_what, published, repaired, needs, does) => {
  const judge = createJudge(published);
  const search = createFreedSearch(repaired, published, { letter: judge.accepts, repaired: createJudge(repaired).accepts });
  const at = '/components/schemas/Pet';
  expect([judge.accepts(at, needs), createJudge(repaired).accepts(at, needs), judge.accepts(at, does)]).toEqual([false, true, true]);
  expect([search(at, needs), search(at, does)]).toEqual([true, false]);
});

test('asks nothing of the published document where only words differ', () => {
  const asked = () => {
    throw new Error('was asked');
  };
  const repaired = pet({ type: 'string', description: 'its name', 'x-since': 1 });
  const search = createFreedSearch(repaired, pet({ type: 'string' }), { letter: asked, repaired: asked });
  expect(search('/components/schemas/Pet', { name: 1 })).toBe(false);
});
