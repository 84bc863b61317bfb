import { expect, test } from 'vitest';
import { usageAddsUp } from './usage-adds-up.ts';
import { judged } from './scene.ts';

test('passes sums and details within them', () => {
  expect(
    judged(usageAddsUp, {
      operation: 'createChatCompletion',
      asked: {},
      answer: {
        object: 'chat.completion',
        choices: [{ index: 0, finish_reason: 'stop', message: { role: 'assistant', content: 'Hello' } }],
        usage: { prompt_tokens: 2, completion_tokens: 3, total_tokens: 5, completion_tokens_details: { reasoning_tokens: 3 } },
      },
    }),
  ).toEqual([]);
});

test('passes embeddings, which complete nothing', () => {
  expect(
    judged(usageAddsUp, { operation: 'createEmbedding', asked: {}, answer: { usage: { prompt_tokens: 2, total_tokens: 2 } } }),
  ).toEqual([]);
});

test('fails a total that is no sum', () => {
  expect(
    judged(usageAddsUp, {
      operation: 'createChatCompletion',
      asked: {},
      answer: {
        object: 'chat.completion',
        choices: [{ index: 0, finish_reason: 'stop', message: { role: 'assistant', content: 'Hello' } }],
        usage: { prompt_tokens: 2, completion_tokens: 3, total_tokens: 6 },
      },
    }),
  ).toEqual([{ expected: '2 + 3 = 5', actual: '6', at: '/usage/total_tokens', rule: 'total' }]);
});

test('fails a detail that is more than its whole, in a list', () => {
  expect(
    judged(usageAddsUp, {
      operation: 'listRuns',
      method: 'GET',
      answer: { data: [{ usage: { input_tokens: 1, output_tokens: 1, total_tokens: 2, output_tokens_details: { reasoning_tokens: 5 } } }] },
    }),
  ).toEqual([
    { expected: '0 to 1, the output_tokens', actual: '5', at: '/data/0/usage/output_tokens_details/reasoning_tokens', rule: 'detail' },
  ]);
});

test('says nothing without usage', () => {
  expect(
    judged(usageAddsUp, {
      operation: 'createChatCompletion',
      asked: {},
      answer: {
        object: 'chat.completion',
        choices: [{ index: 0, finish_reason: 'stop', message: { role: 'assistant', content: 'Hello' } }],
      },
    }),
  ).toBeUndefined();
});
