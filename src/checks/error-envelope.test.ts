import { expect, test } from 'vitest';
import { judged } from '../../test/helpers/check-context.ts';
import { errorEnvelope } from './error-envelope.ts';

const whole = { error: { message: 'no such pet', type: 'not_found', param: null } };
const body = (value: unknown) => ({ status: 404, body: JSON.stringify(value) });

test('passes the declared error body', () => {
  expect(judged(errorEnvelope, body(whole))).toEqual([]);
});

test.each([
  ['no error member', { message: 'no' }, 'body'],
  ['an error that is a string', { error: 'no' }, '/error'],
  ['a message that is no string', { error: { ...whole.error, message: 5 } }, '/error/message'],
  ['no message', { error: { type: 'a', param: null } }, '/error'],
])('fails %s, for clients show the message', (_, value, at) => {
  expect(judged(errorEnvelope, body(value))).toMatchObject([{ at, level: 'MUST' }]);
});

test('warns of any other error at a path that the document lacks', () => {
  const mutation = { keyword: 'route', in: 'path' as const };
  expect(judged(errorEnvelope, { mutation, status: 404, body: '{"detail":"Not Found"}' })).toMatchObject([{ at: 'body', level: 'SHOULD' }]);
  expect(judged(errorEnvelope, { mutation, ...body(whole) })).toEqual([]);
});

test('warns of a missing detail', () => {
  expect(judged(errorEnvelope, body({ error: { message: 'no', type: 'a' } }))).toMatchObject([
    { expected: 'the member "param"', at: '/error', level: 'SHOULD', keyword: 'required' },
  ]);
});

test.each([
  ['no body', { status: 404 }, { at: 'body', actual: '404 without a body' }],
  [
    'no JSON',
    { status: 500, body: 'Internal Server Error', headers: [['content-type', 'text/plain']] as const },
    { at: 'body', keyword: 'syntax' },
  ],
  [
    'JSON under another name',
    { ...body(whole), headers: [['content-type', 'text/html']] as const },
    { at: 'header content-type', actual: 'text/html' },
  ],
])('fails %s', (_, scene, found) => {
  expect(judged(errorEnvelope, scene)).toMatchObject([{ ...found }]);
});

test.each([
  ['warns of the page of a gateway', 502, 'SHOULD'],
  ['fails the page of the service itself', 500, undefined],
])('%s', (_, status, level) => {
  const html = { status, headers: [['content-type', 'text/html'] as const], body: '<html>' };
  const [found] = judged(errorEnvelope, html) ?? [];
  expect(found).toMatchObject({ at: 'body', actualType: 'no JSON' });
  expect(found && 'level' in found ? found.level : undefined).toBe(level);
});

test('warns of an error body without a content-type', () => {
  expect(judged(errorEnvelope, { ...body(whole), headers: [['date', '1']] })).toMatchObject([
    { at: 'header content-type', level: 'SHOULD' },
  ]);
});

test('asks for JSON, as a SHOULD, where no error body is declared', () => {
  expect(judged(errorEnvelope, { operation: 'deletePet', status: 404, body: '<h1>', headers: [['content-type', 'text/html']] })).toEqual([
    {
      expected: 'an error body of application/json',
      actual: '404 text/html <h1>',
      at: 'body',
      keyword: 'syntax',
      actualType: 'no JSON',
      level: 'SHOULD',
    },
  ]);
  expect(judged(errorEnvelope, { operation: 'deletePet', status: 404, body: '{"any":"thing"}' })).toEqual([]);
});

test('cannot decide a body that was cut', () => {
  expect(judged(errorEnvelope, { status: 404, body: '{"err', truncated: true })).toMatchObject([{ inconclusive: 'truncated' }]);
});

test.each([
  ['success', { status: 200 }],
  ['probes', { status: 400, case: { mode: 'probe' as const } }],
  ['answers to HEAD', { status: 404, method: 'HEAD' }],
  ['an absent operation that is not promised', { status: 404, promised: false }],
])('says nothing of %s', (_, scene) => {
  expect(judged(errorEnvelope, scene)).toBeUndefined();
});
