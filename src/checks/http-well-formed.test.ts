import { expect, test } from 'vitest';
import { judged } from '../../test/helpers/check-context.ts';
import { httpWellFormed } from './http-well-formed.ts';

test('passes an answer that could be read', () => {
  expect(judged(httpWellFormed, { status: 200 })).toEqual([]);
});

test('fails what the client refuses, with its message', () => {
  const error = {
    kind: 'malformed-http' as const,
    sent: true,
    message: 'Content-Length can not be present with Transfer-Encoding',
    code: 'HPE_UNEXPECTED_CONTENT_LENGTH',
  };
  expect(judged(httpWellFormed, { error })).toEqual([
    { expected: 'a response by RFC 9112', actual: error.message, at: 'response', actualType: 'HPE_UNEXPECTED_CONTENT_LENGTH' },
  ]);
});

test('fails a content coding that does not decode', () => {
  expect(
    judged(httpWellFormed, { status: 200, error: { kind: 'content-coding', sent: true, message: 'incorrect header check' } }),
  ).toMatchObject([{ expected: 'a body in the content coding that the header names', actualType: 'content-coding' }]);
});

test('fails two content types', () => {
  const headers = [
    ['Content-Type', 'text/plain'],
    ['content-type', 'text/html'],
  ] as const;
  expect(judged(httpWellFormed, { status: 200, headers })).toEqual([
    { expected: 'one field', actual: 'text/plain and text/html', at: 'header content-type', actualType: 'repeated' },
  ]);
});

test('leaves silence and probes to others', () => {
  expect(judged(httpWellFormed, { error: { kind: 'reset', sent: true, message: 'reset' } })).toBeUndefined();
  expect(judged(httpWellFormed, { status: 400, case: { mode: 'probe' } })).toBeUndefined();
});
