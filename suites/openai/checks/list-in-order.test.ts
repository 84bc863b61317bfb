import { expect, test } from 'vitest';
import { listInOrder } from './list-in-order.ts';
import { judged } from './scene.ts';

test('passes the newest first', () => {
  expect(
    judged(listInOrder, {
      operation: 'listRuns',
      method: 'GET',
      answer: { data: [{ created_at: 3 }, { created_at: 2 }, { created_at: 2 }] },
    }),
  ).toEqual([]);
});

test('passes the oldest first where that was asked for', () => {
  expect(
    judged(listInOrder, {
      operation: 'listRuns',
      method: 'GET',
      query: [['order', 'asc']],
      answer: { data: [{ created_at: 1 }, { created_at: 2 }] },
    }),
  ).toEqual([]);
});

test('fails the other order', () => {
  expect(
    judged(listInOrder, {
      operation: 'listRuns',
      method: 'GET',
      query: [['order', 'asc']],
      answer: { data: [{ created_at: 2 }, { created_at: 1 }] },
    }),
  ).toEqual([{ expected: 'created_at in the order asc', actual: '[2,1]', at: '/data/1/created_at', rule: 'asc' }]);
});

test('says nothing of lists that promise no order', () => {
  expect(
    judged(listInOrder, { operation: 'listFiles', method: 'GET', answer: { data: [{ created_at: 1 }, { created_at: 2 }] } }),
  ).toBeUndefined();
});
