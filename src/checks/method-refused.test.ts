import { expect, test } from 'vitest';
import { judged } from '../../test/helpers/check-context.ts';
import { methodRefused } from './method-refused.ts';

const mutation = { keyword: 'method', in: 'request' as const, instancePath: '', what: 'PUT is not declared' };

test.each([404, 405, 501])('passes %i', (status) => {
  expect(judged(methodRefused, { mutation, status })).toEqual([]);
});

test('finds an undeclared method that is answered', () => {
  expect(judged(methodRefused, { mutation, status: 200, body: '{}' })).toEqual([
    {
      expected: '404 or 405 or 501, because PUT is not declared',
      actual: '200 application/json {}',
      at: 'request',
      keyword: 'method',
      actualType: 'accepted',
    },
  ]);
  expect(methodRefused.requirement.level).toBe('SHOULD');
});

test('is not proven by 400', () => {
  expect(judged(methodRefused, { mutation, status: 400 })).toMatchObject([{ inconclusive: 'proves-nothing' }]);
});

test.each([
  ['other mutations', { mutation: {}, status: 405 }],
  ['500', { mutation, status: 500 }],
])('leaves %s to others', (_, scene) => {
  expect(judged(methodRefused, scene)).toBeUndefined();
});
