import { expect, test } from 'vitest';
import { choicesAsAsked } from './choices-as-asked.ts';
import { judged } from './scene.ts';

test('passes as many choices as n, in any order', () => {
  expect(
    judged(choicesAsAsked, {
      operation: 'createChatCompletion',
      asked: { n: 2 },
      answer: {
        object: 'chat.completion',
        choices: [
          { index: 1, finish_reason: 'stop', message: { role: 'assistant', content: 'Hello' } },
          { index: 0, finish_reason: 'stop', message: { role: 'assistant', content: 'Hello' } },
        ],
      },
    }),
  ).toEqual([]);
});

test('passes one choice for each of several prompts', () => {
  expect(
    judged(choicesAsAsked, {
      operation: 'createCompletion',
      asked: { prompt: ['a', 'b'] },
      answer: {
        choices: [
          { index: 0, finish_reason: 'stop', message: { role: 'assistant', content: 'Hello' } },
          { index: 1, finish_reason: 'stop', message: { role: 'assistant', content: 'Hello' } },
        ],
      },
    }),
  ).toEqual([]);
});

test('takes a list of tokens for one prompt', () => {
  expect(
    judged(choicesAsAsked, {
      operation: 'createCompletion',
      asked: { prompt: [1, 2, 3] },
      answer: { choices: [{ index: 0, finish_reason: 'stop', message: { role: 'assistant', content: 'Hello' } }] },
    }),
  ).toEqual([]);
});

test('fails a choice too few', () => {
  expect(
    judged(choicesAsAsked, {
      operation: 'createChatCompletion',
      asked: { n: 2 },
      answer: {
        object: 'chat.completion',
        choices: [{ index: 0, finish_reason: 'stop', message: { role: 'assistant', content: 'Hello' } }],
      },
    }),
  ).toEqual([{ expected: '2 choices', actual: '1 choices', at: '/choices', rule: 'count' }]);
});

test('fails an index that is given twice', () => {
  expect(
    judged(choicesAsAsked, {
      operation: 'createChatCompletion',
      asked: { n: 2 },
      answer: {
        object: 'chat.completion',
        choices: [
          { index: 0, finish_reason: 'stop', message: { role: 'assistant', content: 'Hello' } },
          { index: 0, finish_reason: 'stop', message: { role: 'assistant', content: 'Hello' } },
        ],
      },
    }),
  ).toEqual([{ expected: 'each index from 0 to 1 once', actual: '[0,0]', at: '/choices/*/index', rule: 'index' }]);
});

test('leaves to the schema what is no index, and an answer without choices', () => {
  expect(
    judged(choicesAsAsked, {
      operation: 'createChatCompletion',
      asked: {},
      answer: {
        object: 'chat.completion',
        choices: [{ index: 'first', finish_reason: 'stop', message: { role: 'assistant', content: 'Hello' } }],
      },
    }),
  ).toEqual([]);
});

test('says nothing where there are no choices at all', () => {
  expect(judged(choicesAsAsked, { operation: 'createChatCompletion', asked: {}, answer: { error: {} } })).toBeUndefined();
});

test('leaves other operations to others', () => {
  expect(judged(choicesAsAsked, { operation: 'createEmbedding', asked: {}, answer: {} })).toBeUndefined();
});

test('leaves a refusal to others', () => {
  expect(
    judged(choicesAsAsked, {
      operation: 'createChatCompletion',
      asked: { n: 2 },
      answer: {
        object: 'chat.completion',
        choices: [{ index: 0, finish_reason: 'stop', message: { role: 'assistant', content: 'Hello' } }],
      },
      status: 400,
    }),
  ).toBeUndefined();
});
