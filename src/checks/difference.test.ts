import { expect, test } from 'vitest';
import { firstDifference } from './difference.ts';

test.each([
  [{ a: 1 }, { a: 1 }],
  [{ a: null }, {}],
  [
    [1, { b: 'x' }],
    [1, { b: 'x' }],
  ],
  [{ constructor: 1 }, { constructor: 1 }],
])('%j equals %j', (left, right) => {
  expect(firstDifference(left, right, [])).toBeUndefined();
});

test.each([
  [{ a: 1 }, { a: 2 }, { at: '/a', left: '1', right: '2' }],
  [{}, { constructor: 1 }, { at: '/constructor', left: 'nothing', right: '1' }],
  [[1], [1, 2], { at: '', left: '[1]', right: '[1,2]' }],
  [{ a: [{ 'b/c': 1 }] }, { a: [{ 'b/c': '1' }] }, { at: '/a/0/b~1c', left: '1', right: '"1"' }],
])('%j differs from %j', (left, right, difference) => {
  expect(firstDifference(left, right, [])).toEqual(difference);
});

test('leaves out what a pattern names, and nothing else', () => {
  const left = { id: 1, list: [{ id: 1, name: 'a' }] };
  const right = { id: 2, list: [{ id: 2, name: 'b' }] };
  expect(firstDifference(left, right, ['/id', '/list/*/id'])?.at).toBe('/list/0/name');
  expect(firstDifference(left, right, ['/id', '/list'])).toBeUndefined();
});

test('long lists of different lengths are told by their lengths, for their beginnings may be alike', () => {
  const entry = 'a long sentence that stands in every entry of both lists, word for word, so that cutting shows nothing';
  const difference = firstDifference({ rows: [entry] }, { rows: [entry, entry] }, []);
  expect(difference).toEqual({ at: '/rows', left: '1 entry', right: '2 entries' });
});
