import { expect, test } from 'vitest';
import type { Case, Contract, Operation, Pack, SchemaJudge, Situation } from '../model/index.ts';
import { situationCases } from './situations.ts';

const contract = { hash: 'h' } as Contract;
const operation = {
  id: 'createPet',
  requestBody: { required: true, pointer: '', content: [{ mediaType: 'application/json', schema: '/pet' }] },
} as unknown as Operation;
const smallest: Case = {
  id: '1',
  operationId: 'createPet',
  phase: 'valid',
  mode: 'valid',
  request: {
    method: 'POST',
    path: '/pets',
    pathParameters: {},
    query: [],
    headers: [],
    body: { mediaType: 'application/json', json: { name: 'a', owner: 'o' } },
  },
  slots: [
    { at: '/body/json/name', from: 'name' },
    { at: '/body/json/owner', from: 'owner' },
  ],
  credentials: 'given',
  cells: [],
  recipe: {},
  classes: [],
};

function casesOf(situations: readonly Situation[], accepts = true): Case[] {
  return situationCases(operation, { situations } as unknown as Pack, contract, smallest, {
    accepts: () => accepts,
  } as unknown as SchemaJudge);
}

test('merges the members of a situation over the smallest valid case, and keeps the slots it does not overwrite', () => {
  const [made] = casesOf([
    { name: 'loud', operation: 'createPet', body: { name: 'b' }, level: 'SHOULD', slots: [{ at: '/body/json/mate', from: 'pet.id' }] },
  ]);
  expect(made).toMatchObject({
    phase: 'scenario',
    mode: 'valid',
    recipe: { variant: 'loud' },
    level: 'SHOULD',
    request: { body: { json: { name: 'b', owner: 'o' } } },
    slots: [
      { at: '/body/json/owner', from: 'owner' },
      { at: '/body/json/mate', from: 'pet.id' },
    ],
  });
});

test('makes a situation that breaks something an invalid case of the smallest one', () => {
  const breaks = { keyword: 'unknown-id', at: '/owner', what: 'names an owner that does not exist' };
  const [made] = casesOf([{ name: 'stray', operation: 'createPet', body: { owner: 'x' }, breaks }], false);
  expect(made).toMatchObject({ mode: 'invalid', control: '1', mutation: { keyword: 'unknown-id', before: 'o', after: 'x', in: 'body' } });
});

test('leaves out what this edition refuses, and what belongs to another operation', () => {
  expect(casesOf([{ name: 'new', operation: 'createPet', body: { wings: 2 } }], false)).toEqual([]);
  expect(casesOf([{ name: 'other', operation: 'listPets', body: {} }])).toEqual([]);
});
