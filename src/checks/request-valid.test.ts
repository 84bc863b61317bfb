import { expect, test } from 'vitest';
import type { NameValue } from '../model/index.ts';
import { judged } from '../../test/helpers/check-context.ts';
import { requestValid } from './request-valid.ts';

const json: readonly NameValue[] = [['content-type', 'application/json']];

function scene(body: string | undefined, headers = json, query = '?shop=a') {
  return {
    operation: 'createPet',
    status: 200,
    request: {
      method: 'POST',
      url: `http://127.0.0.1/pets${query}`,
      headers,
      ...(body === undefined ? {} : { body: { size: body.length, text: body } }),
    },
  };
}

test('passes a valid request, also where the recorder kept no headers', () => {
  expect(judged(requestValid, scene('{"name":"a"}'))).toEqual([]);
  expect(judged(requestValid, scene('{"name":"a"}', []))).toEqual([]);
});

test('notes a body that breaks its schema', () => {
  expect(judged(requestValid, scene('{"name":1}'))).toMatchObject([{ at: 'request /name', keyword: 'type', actual: '1' }]);
  expect(requestValid.requirement.level).toBe('MAY');
});

test('says of a breach that is known to be accepted that it is not enforced', () => {
  expect(judged(requestValid, scene('{"name":"a","age":0}'))).toMatchObject([
    { at: 'request /age', keyword: 'minimum', rule: 'not-enforced' },
  ]);
});

test.each([
  ['no body', scene(undefined), { at: 'request body', actual: '(no body)' }],
  ['broken JSON', scene('{"name"'), { at: 'request body', keyword: 'syntax' }],
  ['another media type', scene('name=a', [['content-type', 'text/plain']]), { at: 'request header content-type', actual: 'text/plain' }],
  ['a missing parameter', scene('{"name":"a"}', json, ''), { at: 'request query shop', actual: '(absent)' }],
])('notes %s', (_, other, found) => {
  expect(judged(requestValid, other)).toMatchObject([found]);
});

test.each([
  ['our own requests', { ...scene('{}'), case: { mode: 'valid' as const } }],
  ['refused requests', { ...scene('{}'), status: 400 }],
  ['operations that take nothing', { status: 200, operation: 'getPet' }],
])('says nothing of %s', (_, other) => {
  expect(judged(requestValid, other)).toBeUndefined();
});
