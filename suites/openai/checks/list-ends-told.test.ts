import { expect, test } from 'vitest';
import { listEndsTold } from './list-ends-told.ts';
import { judged } from './scene.ts';

const files = (answer: Parameters<typeof judged>[1]['answer'] & {}) => ({ operation: 'listFiles', method: 'GET' as const, answer });

test('passes a page with its ends, and an empty one without', () => {
  expect(judged(listEndsTold, files({ data: [{ id: 'a' }], has_more: false, first_id: 'a', last_id: 'a' }))).toEqual([]);
  expect(judged(listEndsTold, files({ data: [], has_more: false }))).toEqual([]);
});

test('warns of a page that tells neither', () => {
  expect(judged(listEndsTold, files({ data: [{ id: 'a' }] }))).toEqual([
    { expected: 'true or false', actual: 'undefined', at: '/has_more', rule: 'has_more' },
    { expected: 'an id', actual: 'undefined', at: '/first_id', rule: 'first_id' },
    { expected: 'an id', actual: 'undefined', at: '/last_id', rule: 'last_id' },
  ]);
});
