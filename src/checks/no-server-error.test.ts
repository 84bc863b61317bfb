import { expect, test } from 'vitest';
import { judged } from '../../test/helpers/check-context.ts';
import { noServerError } from './no-server-error.ts';

test.each([200, 404])('passes %i', (status) => {
  expect(judged(noServerError, { status })).toEqual([]);
});

test('fails 500 whatever was sent', () => {
  const found = [{ expected: 'a status below 500', actual: '500 application/json oops', at: 'status', actualType: '500' }];
  expect(judged(noServerError, { status: 500, body: 'oops', case: { mode: 'valid' } })).toEqual(found);
  expect(judged(noServerError, { status: 500, body: 'oops', mutation: { keyword: 'type' } })).toEqual(found);
});

test('warns of a recorded 500', () => {
  expect(judged(noServerError, { status: 500 })).toMatchObject([{ actualType: '500', level: 'SHOULD' }]);
});

test('takes 503 with Retry-After as a wish for later', () => {
  expect(judged(noServerError, { status: 503, headers: [['retry-after', '1']] })).toMatchObject([{ inconclusive: 'budget' }]);
  expect(judged(noServerError, { status: 503 })).toMatchObject([{ actualType: '503' }]);
});

test.each([
  ['501 to an undeclared method', { status: 501, mutation: { keyword: 'method' } }],
  ['501 of an operation that is not promised', { status: 501, promised: false }],
  ['probes', { status: 500, case: { mode: 'probe' as const } }],
])('leaves %s to others', (_, scene) => {
  expect(judged(noServerError, scene)).toBeUndefined();
});
