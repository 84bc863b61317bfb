import { expect, test } from 'vitest';
import { judged } from '../../test/helpers/check-context.ts';
import { authEnforced } from './auth-enforced.ts';

const mutation = { keyword: 'credentials', in: 'request' as const, instancePath: '', what: 'no credentials were sent' };

test.each([401, 403])('passes %i', (status) => {
  expect(judged(authEnforced, { mutation, status })).toEqual([]);
});

test('fails an answer without credentials', () => {
  expect(judged(authEnforced, { mutation, status: 200, body: '{}' })).toEqual([
    {
      expected: '401 or 403, because no credentials were sent',
      actual: '200 application/json {}',
      at: 'request',
      keyword: 'credentials',
      actualType: 'accepted',
    },
  ]);
});

test('is not proven by 404', () => {
  expect(judged(authEnforced, { mutation, status: 404 })).toMatchObject([{ inconclusive: 'proves-nothing' }]);
});

test.each([
  ['operations without security', { mutation, status: 200, operation: 'deletePet' }],
  ['other mutations', { mutation: {}, status: 401 }],
  ['server errors', { mutation, status: 500 }],
])('says nothing of %s', (_, scene) => {
  expect(judged(authEnforced, scene)).toBeUndefined();
});
