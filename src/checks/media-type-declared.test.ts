import { expect, test } from 'vitest';
import { judged } from '../../test/helpers/check-context.ts';
import { mediaTypeDeclared } from './media-type-declared.ts';

test('passes a declared media type, with parameters', () => {
  expect(judged(mediaTypeDeclared, { status: 200, headers: [['Content-Type', 'application/json; charset=utf-8']], body: '{}' })).toEqual(
    [],
  );
});

test('fails one that is not declared', () => {
  expect(judged(mediaTypeDeclared, { status: 200, headers: [['content-type', 'text/html']], body: '<p>' })).toEqual([
    { expected: 'application/json or text/plain or image/png', actual: 'text/html', at: 'header content-type', actualType: 'text/html' },
  ]);
});

test('fails a body without a content-type', () => {
  expect(judged(mediaTypeDeclared, { status: 200, headers: [['content-length', '2']], body: '{}' })).toEqual([
    { expected: 'application/json or text/plain or image/png', actual: '(no content-type)', at: 'header content-type', actualType: 'none' },
  ]);
});

test.each([
  ['no headers', []],
  ['only a few chosen ones', [['x-rate', '1']]],
] as const)('cannot decide where a recording kept %s', (_, headers) => {
  expect(judged(mediaTypeDeclared, { status: 200, headers, body: '{}' })).toEqual([
    { inconclusive: 'not-recorded', detail: 'the recording holds no response headers' },
  ]);
});

test.each([
  ['errors', { status: 404, body: '{}' }],
  ['undeclared statuses', { status: 202, body: '{}' }],
  ['empty bodies', { status: 200 }],
  ['answers to HEAD', { status: 200, method: 'HEAD', body: '{}' }],
])('leaves %s to others', (_, scene) => {
  expect(judged(mediaTypeDeclared, scene)).toBeUndefined();
});

test('says nothing of a path that the document lacks', () => {
  const mutation = { keyword: 'route', in: 'path' as const };
  expect(judged(mediaTypeDeclared, { mutation, status: 200, headers: [['content-type', 'text/html']], body: '<html>' })).toBeUndefined();
});
