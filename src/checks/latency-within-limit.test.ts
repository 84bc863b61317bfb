import { expect, test } from 'vitest';
import { judged } from '../../test/helpers/check-context.ts';
import { latencyWithinLimit } from './latency-within-limit.ts';

test('says nothing without a limit', () => {
  expect(judged(latencyWithinLimit, { status: 200, endMs: 9_999 })).toBeUndefined();
});

test('passes an answer at the limit', () => {
  expect(judged(latencyWithinLimit, { status: 200, endMs: 100, maxLatencyMs: 100 })).toEqual([]);
});

test('finds an answer past it', () => {
  expect(judged(latencyWithinLimit, { status: 200, endMs: 101.4, maxLatencyMs: 100 })).toEqual([
    { expected: 'at most 100 ms', actual: '101 ms', at: 'response', actualType: 'slow' },
  ]);
});
