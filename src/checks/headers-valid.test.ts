import { expect, test } from 'vitest';
import { judged } from '../../test/helpers/check-context.ts';
import { headersValid } from './headers-valid.ts';

test('passes required and optional headers whose text can stand for a valid value', () => {
  expect(
    judged(headersValid, {
      status: 200,
      headers: [
        ['X-Rate', '7'],
        ['x-kinds', 'cat, dog'],
      ],
    }),
  ).toEqual([]);
});

test('fails a required header that is absent', () => {
  expect(judged(headersValid, { status: 200, headers: [['date', 'today']] })).toEqual([
    { expected: 'the header, which is required', actual: '(absent)', at: 'header x-rate', keyword: 'required', actualType: 'absent' },
  ]);
});

test.each([
  ['-1', 'minimum'],
  ['many', 'type'],
])('fails %s by %s', (value, keyword) => {
  expect(judged(headersValid, { status: 200, headers: [['x-rate', value]] })).toMatchObject([{ at: 'header x-rate', keyword }]);
});

test('fails an entry of an array', () => {
  expect(
    judged(headersValid, {
      status: 200,
      headers: [
        ['x-rate', '1'],
        ['x-kinds', 'cat,cow'],
      ],
    }),
  ).toMatchObject([{ at: 'header x-kinds', keyword: 'enum' }]);
});

test('cannot decide where a recording kept no headers', () => {
  expect(judged(headersValid, { status: 200, headers: [] })).toEqual([
    { inconclusive: 'not-recorded', detail: 'the recording holds no response headers' },
  ]);
});

test('says nothing where no header is declared', () => {
  expect(judged(headersValid, { status: 404 })).toBeUndefined();
});
