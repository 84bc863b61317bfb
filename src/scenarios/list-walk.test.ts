import { expect, test } from 'vitest';
import type { Case, ListWalk } from '../model/index.ts';
import { pageOf, pageRequest, walkCase } from './list-walk.ts';

const walk: ListWalk = {
  operation: 'listPets',
  family: 'pet',
  limit: 'limit',
  after: 'after',
  rows: '/data',
  id: '/id',
  more: '/has_more',
};
const request = {
  method: 'GET',
  path: '/pets',
  pathParameters: {},
  query: [
    ['limit', '20'],
    ['kind', 'cat'],
  ],
  headers: [],
} as const;

test('asks for a page of so many rows after a row, and keeps the rest of the query', () => {
  expect(pageRequest(request, walk, 1).query).toEqual([
    ['kind', 'cat'],
    ['limit', '1'],
  ]);
  expect(pageRequest(request, walk, 4, 'pet_1').query).toEqual([
    ['kind', 'cat'],
    ['limit', '4'],
    ['after', 'pet_1'],
  ]);
});

test('begins with a page of one row and has two rows made', () => {
  const made = walkCase(walk, { request, slots: [{ at: '/pathParameters/shop', from: 'shop.id' }] } as unknown as Case, '1');
  expect(made.request.query).toContainEqual(['limit', '1']);
  expect(made.slots.map(({ from, fresh }) => [from, fresh])).toEqual([
    ['pet.id', true],
    ['pet.id', true],
    ['shop.id', undefined],
  ]);
});

test('reads ids and what the page says of more', () => {
  expect(pageOf({ data: [{ id: 'a' }, { id: 'b' }], has_more: true }, walk)).toEqual({ ids: ['a', 'b'], more: true });
  expect(pageOf({ data: [] }, walk)).toEqual({ ids: [], more: undefined });
  expect(pageOf({ rows: [] }, walk)).toBeUndefined();
});
