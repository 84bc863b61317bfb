import { expect, test } from 'vitest';
import { judged } from '../../test/helpers/check-context.ts';
import { errorParamNamesMember } from './error-param-names-member.ts';

const scene = (param: unknown, instancePath = '/owners/0/name') => ({
  status: 400,
  mutation: { instancePath },
  body: JSON.stringify({ error: { message: 'no', type: 'a', param } }),
});

test.each(['owners[0].name', 'owners.0.name', '/owners/0/name', "owners[0]['name']", 'owners', 'owners[0]'])('passes %s', (param) => {
  expect(judged(errorParamNamesMember, scene(param))).toEqual([]);
});

test('takes a parameter that is itself called `tags[]` by its name', () => {
  expect(judged(errorParamNamesMember, scene('tags[]', '/tags[]'))).toEqual([]);
});

test.each([
  ['another name', 'age', 'other name'],
  ['null', null, 'null'],
  ['nothing', undefined, 'absent'],
  ['an empty name', '', 'other name'],
])('finds %s', (_, param, actualType) => {
  expect(judged(errorParamNamesMember, scene(param))).toMatchObject([
    { expected: 'a name of owners.0.name, or of a parent of it', at: '/error/param', actualType },
  ]);
});

test.each([
  ['a mutation of the whole body', scene('x', '')],
  ['another envelope', { ...scene('x'), body: '{"detail":"no"}' }],
  ['an accepted request', { ...scene('x'), status: 200 }],
  ['a contract that declares no param', { ...scene('x'), operation: 'deletePet' }],
])('says nothing of %s', (_, other) => {
  expect(judged(errorParamNamesMember, other)).toBeUndefined();
});

test.each([
  ['the tag beside the broken member', 'owners[0].kind', []],
  ['another member below the same parameter', 'owners[1].name', ['other name']],
  ['a tag beside the parameter itself', 'kind', ['other name']],
])('in a union, %s', (_, param, found) => {
  const inUnion = {
    instancePath: '/owners/0/name',
    schemaPath: '/components/schemas/Pet/properties/owners/items/anyOf/0/properties/name/type',
  };
  const violations = judged(errorParamNamesMember, { ...scene(param), mutation: inUnion }) ?? [];
  expect(violations.map((one) => ('actualType' in one ? one.actualType : one))).toEqual(found);
});

test('outside of a union the member beside the broken one is another name', () => {
  expect(judged(errorParamNamesMember, scene('owners[0].kind'))).toMatchObject([{ actualType: 'other name' }]);
});
