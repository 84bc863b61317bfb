import { expect, test } from 'vitest';
import { stateAfterCall } from './state-after-call.ts';
import { judged } from './scene.ts';

test('passes the state of the call', () => {
  expect(judged(stateAfterCall, { operation: 'cancelUpload', answer: { status: 'cancelled' } })).toEqual([]);
});

test('fails another state', () => {
  expect(judged(stateAfterCall, { operation: 'cancelUpload', answer: { status: 'pending' } })).toEqual([
    { expected: 'cancelled', actual: '"pending"', at: '/status' },
  ]);
});

test('says nothing of a refusal', () => {
  expect(judged(stateAfterCall, { operation: 'cancelUpload', status: 400, answer: { error: {} } })).toBeUndefined();
});
