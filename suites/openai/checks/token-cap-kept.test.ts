import { expect, test } from 'vitest';
import { tokenCapKept } from './token-cap-kept.ts';
import { judged } from './scene.ts';

test('passes as many tokens as allowed for each choice', () => {
  expect(
    judged(tokenCapKept, {
      operation: 'createChatCompletion',
      asked: { max_tokens: 5, n: 2 },
      answer: {
        object: 'chat.completion',
        choices: [
          { index: 0, finish_reason: 'stop', message: { role: 'assistant', content: 'Hello' } },
          { index: 1, finish_reason: 'stop', message: { role: 'assistant', content: 'Hello' } },
        ],
        usage: { completion_tokens: 10 },
      },
    }),
  ).toEqual([]);
});

test('fails a token too many', () => {
  expect(
    judged(tokenCapKept, { operation: 'createResponse', asked: { max_output_tokens: 16 }, answer: { usage: { output_tokens: 17 } } }),
  ).toEqual([{ expected: 'at most 16', actual: '17', at: '/usage/output_tokens' }]);
});

test('counts all candidates of best_of', () => {
  expect(
    judged(tokenCapKept, {
      operation: 'createCompletion',
      asked: { prompt: 'a', max_tokens: 5, best_of: 3 },
      answer: {
        choices: [{ index: 0, finish_reason: 'stop', message: { role: 'assistant', content: 'Hello' } }],
        usage: { completion_tokens: 15 },
      },
    }),
  ).toEqual([]);
});

test('says nothing without a cap', () => {
  expect(
    judged(tokenCapKept, {
      operation: 'createChatCompletion',
      asked: {},
      answer: {
        object: 'chat.completion',
        choices: [{ index: 0, finish_reason: 'stop', message: { role: 'assistant', content: 'Hello' } }],
        usage: { completion_tokens: 10 },
      },
    }),
  ).toBeUndefined();
});

test('warns only where the service ran tools between the turns of the model', () => {
  const answer = { status: 'completed', output: [{ type: 'web_search_call' }, { type: 'message' }], usage: { output_tokens: 140 } };
  expect(judged(tokenCapKept, { operation: 'createResponse', asked: { max_output_tokens: 100 }, answer })).toEqual([
    { expected: 'at most 100', actual: '140', at: '/usage/output_tokens', level: 'SHOULD' },
  ]);
});
