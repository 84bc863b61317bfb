import { expect, test } from 'vitest';
import { fileCountsAddUp } from './file-counts-add-up.ts';
import { judged } from './scene.ts';

test('passes counts that add up', () => {
  expect(
    judged(fileCountsAddUp, {
      operation: 'getVectorStore',
      method: 'GET',
      answer: { file_counts: { in_progress: 1, completed: 2, failed: 0, cancelled: 0, total: 3 } },
    }),
  ).toEqual([]);
});

test('fails a total that is no sum, also in a list', () => {
  expect(
    judged(fileCountsAddUp, {
      operation: 'listVectorStores',
      method: 'GET',
      answer: { data: [{ file_counts: { in_progress: 1, completed: 0, failed: 0, cancelled: 0, total: 3 } }] },
    }),
  ).toEqual([{ expected: '1, the sum of the states', actual: '3', at: '/data/0/file_counts/total' }]);
});

test('says nothing where there are no counts', () => {
  expect(judged(fileCountsAddUp, { operation: 'getThread', method: 'GET', answer: {} })).toBeUndefined();
});
