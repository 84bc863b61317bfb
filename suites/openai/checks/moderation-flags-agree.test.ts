import { expect, test } from 'vitest';
import { moderationFlagsAgree } from './moderation-flags-agree.ts';
import { judged } from './scene.ts';

test('passes flags that agree', () => {
  expect(
    judged(moderationFlagsAgree, {
      operation: 'createModeration',
      asked: { input: ['a', 'b'] },
      answer: {
        results: [
          { flagged: true, categories: { hate: true } },
          { flagged: false, categories: { hate: false } },
        ],
      },
    }),
  ).toEqual([]);
});

test('fails a flag without a category', () => {
  expect(
    judged(moderationFlagsAgree, {
      operation: 'createModeration',
      asked: { input: 'a' },
      answer: { results: [{ flagged: true, categories: { hate: false } }] },
    }),
  ).toEqual([{ expected: 'false, as the categories say', actual: 'true', at: '/results/0/flagged', rule: 'flagged' }]);
});

test('fails a text without a result', () => {
  expect(
    judged(moderationFlagsAgree, {
      operation: 'createModeration',
      asked: { input: ['a', 'b'] },
      answer: { results: [{ flagged: false, categories: {} }] },
    }),
  ).toEqual([{ expected: '2 results', actual: '1 results', at: '/results', rule: 'count' }]);
});
