import { expect, test } from 'vitest';
import { usageRowsOfKind } from './usage-rows-of-kind.ts';
import { judged } from './scene.ts';

test('passes rows of the kind, under either name', () => {
  expect(
    judged(usageRowsOfKind, {
      operation: 'usage-audio-speeches',
      method: 'GET',
      answer: {
        data: [
          { start_time: 1, end_time: 2, results: [{ object: 'organization.usage.audio_speeches.result' }] },
          { start_time: 2, end_time: 3, result: [] },
        ],
      },
    }),
  ).toEqual([]);
});

test('fails rows of another kind and a bucket without length', () => {
  expect(
    judged(usageRowsOfKind, {
      operation: 'usage-costs',
      method: 'GET',
      answer: { data: [{ start_time: 2, end_time: 2, results: [{ object: 'organization.usage.images.result' }] }] },
    }),
  ).toEqual([
    { expected: 'organization.costs.result', actual: '"organization.usage.images.result"', at: '/data/0/results/*/object', rule: 'kind' },
    { expected: 'more than 2', actual: '2', at: '/data/0/end_time', rule: 'bucket' },
  ]);
});
