import { expect, test } from 'vitest';
import type { TransportErrorKind } from '../model/index.ts';
import { judged } from '../../test/helpers/check-context.ts';
import { answersEveryRequest } from './answers-every-request.ts';

const error = (kind: TransportErrorKind, sent = true) => ({ kind, sent, message: 'other side closed' });

test('passes an answer of any status', () => {
  expect(judged(answersEveryRequest, { status: 500 })).toEqual([]);
});

test('fails a connection that was reset before the head', () => {
  expect(judged(answersEveryRequest, { error: error('reset'), endMs: 12 })).toEqual([
    {
      expected: 'a whole response',
      actual: 'the connection was reset before the head, 12 ms after the request: other side closed',
      at: 'response',
      actualType: 'reset',
    },
  ]);
});

test('fails a body that breaks off', () => {
  expect(judged(answersEveryRequest, { status: 200, error: error('closed'), endMs: 12 })).toMatchObject([
    { at: 'body', actualType: 'closed' },
  ]);
});

test('names the limit that was passed', () => {
  expect(judged(answersEveryRequest, { error: { ...error('idle-timeout'), limit: 'idleTimeoutMs' } })).toMatchObject([
    { actual: expect.stringContaining('nothing came for too long (idleTimeoutMs)') },
  ]);
});

test.each([
  ['a request that never left', { error: error('refused', false) }],
  ['HTTP that cannot be read', { error: error('malformed-http') }],
  ['probes', { error: error('reset'), case: { mode: 'probe' as const } }],
])('leaves %s to others', (_, scene) => {
  expect(judged(answersEveryRequest, scene)).toBeUndefined();
});
