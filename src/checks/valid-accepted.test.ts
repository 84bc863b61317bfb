import { expect, test } from 'vitest';
import { judged } from '../../test/helpers/check-context.ts';
import { validAccepted } from './valid-accepted.ts';

const valid = { mode: 'valid' as const };

test('passes any 2xx: whether it is declared is the business of another', () => {
  expect(judged(validAccepted, { case: valid, status: 200 })).toEqual([]);
});

test('fails a refusal and quotes it', () => {
  expect(judged(validAccepted, { case: valid, status: 400, body: '{"error":{"message":"no"}}' })).toEqual([
    { expected: '200 or 204', actual: '400 application/json {"error":{"message":"no"}}', at: 'status', actualType: '400' },
  ]);
});

test('lowers the level where the case says that services differ', () => {
  expect(judged(validAccepted, { case: { ...valid, level: 'SHOULD' }, status: 400 })).toMatchObject([{ level: 'SHOULD' }]);
});

test('says so where the credentials were refused', () => {
  expect(judged(validAccepted, { case: valid, status: 401 })).toMatchObject([
    { actual: 'the credentials given were refused, 401 application/json (no body)' },
  ]);
});

test.each([
  ['403', { status: 403, case: valid }, 'not-allowed'],
  ['401 to an admin operation', { status: 401, case: { ...valid, classes: ['admin' as const] } }, 'not-allowed'],
  ['429', { status: 429, case: valid }, 'budget'],
  ['402', { status: 402, case: valid }, 'budget'],
])('cannot decide by %s', (_, scene, reason) => {
  expect(judged(validAccepted, scene)).toMatchObject([{ inconclusive: reason }]);
});

test('cannot decide where what was to be cancelled was over', () => {
  const over = { operationId: 'getJob', state: '"succeeded"' };
  expect(judged(validAccepted, { case: valid, status: 400, over })).toEqual([
    { inconclusive: 'situation-absent', detail: 'getJob says "succeeded": there was nothing left to cancel' },
  ]);
});

test.each([400, 404, 405, 501])('takes %i as a proper refusal of what is not promised', (status) => {
  expect(judged(validAccepted, { case: valid, status, promised: false })).toEqual([
    { unsupported: `getPet is not promised and was answered ${status} application/json (no body)` },
  ]);
});

test.each([
  ['server errors', { case: valid, status: 500 }],
  ['invalid cases', { mutation: {}, status: 400 }],
  ['recordings', { status: 400 }],
])('leaves %s to others', (_, scene) => {
  expect(judged(validAccepted, scene)).toBeUndefined();
});
