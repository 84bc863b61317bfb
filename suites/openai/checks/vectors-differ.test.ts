import type { Json } from 'assay/pack';
import { expect, test } from 'vitest';
import { judged } from './scene.ts';
import { vectorsDiffer } from './vectors-differ.ts';

const scene = (input: Json, ...vectors: Json[]) =>
  judged(vectorsDiffer, { operation: 'createEmbedding', asked: { input }, answer: { data: vectors.map((embedding) => ({ embedding })) } });

test('passes vectors that differ, equal inputs, and one input of tokens', () => {
  expect(scene(['a', 'b'], [1, 0], [0, 1])).toEqual([]);
  expect(scene(['a', 'a'], [1, 0], [1, 0])).toEqual([]);
  expect(scene([1, 2], [1, 0])).toEqual([]);
});

test('warns of one vector for all inputs', () => {
  expect(scene(['a', 'b'], [1, 0], [1, 0])).toEqual([
    { expected: '2 different vectors', actual: 'the same for all', at: '/data/*/embedding' },
  ]);
});
