import { expect, test } from 'vitest';
import type { Json } from '../model/index.ts';
import { judged } from '../../test/helpers/check-context.ts';
import { streamTwin } from './stream-twin.ts';

const scene = (folded: Json | undefined, plain: Json, again?: Json) => ({
  status: 200,
  twin: { folded, plain, ignore: ['/id', '/pets/*/seen'], ...(again === undefined ? {} : { again }) },
});

test('passes an equal answer, up to what may differ', () => {
  expect(
    judged(streamTwin, scene({ id: 1, name: 'a', pets: [{ seen: 1 }] }, { id: 2, name: 'a', pets: [{ seen: 2 }], owner: null })),
  ).toEqual([]);
});

test('fails the first place that differs', () => {
  expect(judged(streamTwin, scene({ pets: [{ name: 'a' }] }, { pets: [{ name: 'b' }] }))).toEqual([
    { expected: '"b", as without a stream', actual: '"a", folded from the events', at: '/pets/0/name', keyword: 'twin' },
  ]);
});

test('fails an id that both answers share', () => {
  const twin = { folded: { id: 1 }, plain: { id: 1 }, ignore: ['/id'], unique: ['/id', '/serial'] };
  expect(judged(streamTwin, { status: 200, twin })).toEqual([
    { expected: 'another value in every answer', actual: '1 in both', at: '/id', keyword: 'twin', rule: 'unique' },
  ]);
});

test('cannot decide where two plain answers differ too, or the events make no answer', () => {
  expect(judged(streamTwin, scene('a', 'b', 'c'))).toMatchObject([{ inconclusive: 'situation-absent' }]);
  expect(judged(streamTwin, scene(undefined, 'b'))).toMatchObject([{ inconclusive: 'situation-absent' }]);
  expect(judged(streamTwin, scene('a', 'b', 'b'))).toMatchObject([{ at: 'body' }]);
});

test('says nothing of answers without a twin', () => {
  expect(judged(streamTwin, { status: 200 })).toBeUndefined();
});
