import { expect, test } from 'vitest';
import { judged } from '../../test/helpers/check-context.ts';
import { statusDeclared } from './status-declared.ts';

test('passes a status that is declared exactly or by its range', () => {
  expect(judged(statusDeclared, { status: 200 })).toEqual([]);
  expect(judged(statusDeclared, { status: 418 })).toEqual([]);
});

test('fails a status outside every declared range, with the list of those', () => {
  expect(judged(statusDeclared, { status: 202, body: '{"id":1}' })).toEqual([
    { expected: 'one of 200, 204, 500, 4XX', actual: '202 application/json {"id":1}', at: 'status', actualType: '202' },
  ]);
});

test('warns of an undeclared refusal that the request deserved', () => {
  const refused = { operation: 'listPets', status: 422, body: '{}' };
  expect(judged(statusDeclared, { ...refused, mutation: { keyword: 'type' } })).toMatchObject([{ actualType: '422', level: 'SHOULD' }]);
  expect(judged(statusDeclared, { ...refused, mutation: { keyword: 'unknown-id' } })).toEqual([
    { expected: 'one of 200, 404', actual: '422 application/json {}', at: 'status', actualType: '422' },
  ]);
});

test('warns of an undeclared refusal where the document declares none at all', () => {
  expect(judged(statusDeclared, { operation: 'deletePet', status: 404 })).toEqual([
    { expected: 'one of 204', actual: '404 application/json (no body)', at: 'status', actualType: '404', level: 'SHOULD' },
  ]);
});

test.each([
  ['server errors', { status: 503 }],
  ['refused valid requests', { status: 418, operation: 'deletePet', case: { mode: 'valid' as const } }],
  ['undeclared methods', { status: 302, mutation: { keyword: 'method' } }],
  ['refused probes', { status: 431, operation: 'deletePet', case: { mode: 'probe' as const } }],
  ['an absent operation that is not promised', { status: 405, operation: 'deletePet', promised: false }],
])('leaves %s to others', (_, scene) => {
  expect(judged(statusDeclared, scene)).toBeUndefined();
});
