import { expect, test } from 'vitest';
import { judged } from '../../test/helpers/check-context.ts';
import { bodyValid } from './body-valid.ts';

const schema = '/paths/~1pets~1{petId}/get/responses/200/content/application~1json/schema';

test('passes a valid body', () => {
  expect(judged(bodyValid, { status: 200, body: '{"id":1,"tags":[]}' })).toEqual([]);
});

test('fails a wrong type at its place', () => {
  expect(judged(bodyValid, { status: 200, body: '{"id":"1","tags":[]}' })).toEqual([
    {
      expected: 'integer',
      actual: '"1"',
      at: '/id',
      schemaPointer: `${schema}/properties/id/type`,
      keyword: 'type',
      actualType: 'string',
    },
  ]);
});

test('tells two missing members apart', () => {
  const missing = (name: string) => ({
    expected: `the member "${name}"`,
    actual: '{}',
    at: 'body',
    schemaPointer: `${schema}/required`,
    keyword: 'required',
    actualType: `without the member "${name}"`,
  });
  expect(judged(bodyValid, { status: 200, body: '{}' })).toEqual([missing('id'), missing('tags')]);
});

test('tells the same fault of many entries once', () => {
  expect(judged(bodyValid, { status: 200, body: '{"id":1,"tags":[1,2,3]}' })).toEqual([
    {
      expected: 'string',
      actual: '1 (and at 2 more places)',
      at: '/tags/0',
      schemaPointer: `${schema}/properties/tags/items/type`,
      keyword: 'type',
      actualType: 'integer',
    },
  ]);
});

test('names the nearest branch of a union', () => {
  expect(judged(bodyValid, { status: 200, body: '{"id":1,"tags":[],"home":{"kind":"wild"}}' })).toEqual([
    {
      expected: `the member "forest" (nearest branch ${schema}/properties/home/anyOf/1)`,
      actual: '{"kind":"wild"}',
      at: '/home',
      schemaPointer: `${schema}/properties/home/anyOf/1/required`,
      keyword: 'required',
      actualType: 'without the member "forest"',
    },
  ]);
});

test('fails a body that is no JSON', () => {
  expect(judged(bodyValid, { status: 200, body: '{"id":1,' })).toMatchObject([
    { expected: 'JSON', at: 'body', keyword: 'syntax', actualType: 'no JSON' },
  ]);
});

test('fails an empty body where content is declared', () => {
  expect(judged(bodyValid, { status: 200 })).toEqual([
    { expected: 'a body of application/json or text/plain or image/png', actual: '(no body)', at: 'body', actualType: 'none' },
  ]);
});

test('judges text by its schema', () => {
  expect(judged(bodyValid, { status: 200, headers: [['content-type', 'text/plain']], body: 'abc' })).toEqual([]);
  expect(judged(bodyValid, { status: 200, headers: [['content-type', 'text/plain']], body: 'ab' })).toMatchObject([
    { keyword: 'minLength', actual: '"ab"' },
  ]);
});

test('cannot decide a body that was cut', () => {
  expect(judged(bodyValid, { status: 200, body: '{"id":1,', truncated: true })).toEqual([
    { inconclusive: 'truncated', detail: 'only a part of the body was kept' },
  ]);
});

test('judges JSON of a recording that kept no headers', () => {
  expect(judged(bodyValid, { status: 200, headers: [], body: '{"id":0,"tags":[]}' })).toMatchObject([{ at: '/id', keyword: 'minimum' }]);
});

test.each([
  ['errors', { status: 404, body: '{}' }],
  ['binary bodies', { status: 200, headers: [['content-type', 'image/png']] as const, body: 'x' }],
  ['undeclared media types', { status: 200, headers: [['content-type', 'text/html']] as const, body: 'x' }],
  ['204', { status: 204 }],
])('leaves %s to others', (_, scene) => {
  expect(judged(bodyValid, scene)).toBeUndefined();
});

test('says nothing of a path that the document lacks', () => {
  const mutation = { keyword: 'route', in: 'path' as const };
  expect(judged(bodyValid, { mutation, status: 200, headers: [['content-type', 'text/html']], body: '<html>' })).toBeUndefined();
});
