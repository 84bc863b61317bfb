import { expect, test } from 'vitest';
import { listPageWhole } from './list-page-whole.ts';
import { judged } from './scene.ts';

test('passes a page with its ends', () => {
  expect(
    judged(listPageWhole, {
      operation: 'listRuns',
      method: 'GET',
      query: [['limit', '2']],
      answer: { object: 'list', data: [{ id: 'a' }, { id: 'b' }], first_id: 'a', last_id: 'b' },
    }),
  ).toEqual([]);
});

test('passes an empty page without ends', () => {
  expect(
    judged(listPageWhole, { operation: 'listRuns', method: 'GET', answer: { object: 'list', data: [], first_id: null, last_id: null } }),
  ).toEqual([]);
});

test('fails a row too many', () => {
  expect(
    judged(listPageWhole, {
      operation: 'listRuns',
      method: 'GET',
      query: [['limit', '1']],
      answer: { object: 'list', data: [{ id: 'a' }, { id: 'b' }] },
    }),
  ).toEqual([{ expected: 'at most 1 rows', actual: '2 rows', at: '/data', rule: 'limit' }]);
});

test.each(['listRuns', 'listFiles'])('fails ends that are other rows: %s', (operation) => {
  expect(
    judged(listPageWhole, {
      operation,
      method: 'GET',
      answer: { object: 'list', data: [{ id: 'a' }, { id: 'b' }], first_id: 'b', last_id: 'a' },
    }),
  ).toEqual([
    { expected: '"a"', actual: '"b"', at: '/first_id', rule: 'first_id' },
    { expected: '"b"', actual: '"a"', at: '/last_id', rule: 'last_id' },
  ]);
});

test('leaves what is no list to others', () => {
  expect(judged(listPageWhole, { operation: 'getRun', method: 'GET', answer: { object: 'thread.run' } })).toBeUndefined();
});
