import { expect, test } from 'vitest';
import { logprobsAsAsked } from './logprobs-as-asked.ts';
import { judged } from './scene.ts';

test('passes tokens that spell the text', () => {
  expect(
    judged(logprobsAsAsked, {
      operation: 'createChatCompletion',
      asked: { logprobs: true, top_logprobs: 1 },
      answer: {
        object: 'chat.completion',
        choices: [
          {
            index: 0,
            finish_reason: 'stop',
            message: { content: 'Hi ü' },
            logprobs: {
              content: [
                { token: 'Hi', logprob: -0.5, bytes: [72, 105], top_logprobs: [] },
                { token: ' ü', logprob: -0.5, bytes: [32, 195, 188], top_logprobs: [{ token: 'x', logprob: -9999, bytes: null }] },
              ],
            },
          },
        ],
      },
    }),
  ).toEqual([]);
});

test('says nothing of tokens without bytes', () => {
  expect(
    judged(logprobsAsAsked, {
      operation: 'createChatCompletion',
      asked: { logprobs: true },
      answer: {
        object: 'chat.completion',
        choices: [
          {
            index: 0,
            finish_reason: 'stop',
            message: { role: 'assistant', content: 'Hello' },
            logprobs: { content: [{ token: 'Hello', logprob: 0, bytes: null, top_logprobs: [] }] },
          },
        ],
      },
    }),
  ).toEqual([]);
});

test('fails more alternatives than asked for, and a probability above one', () => {
  expect(
    judged(logprobsAsAsked, {
      operation: 'createChatCompletion',
      asked: { logprobs: true },
      answer: {
        object: 'chat.completion',
        choices: [
          {
            index: 0,
            finish_reason: 'stop',
            message: { role: 'assistant', content: 'Hello' },
            logprobs: {
              content: [{ token: 'Hello', logprob: 0.5, bytes: [72, 101, 108, 108, 111], top_logprobs: [{ token: 'x', logprob: -1 }] }],
            },
          },
        ],
      },
    }),
  ).toEqual([
    { expected: 'at most 0 alternatives', actual: '1', at: '/choices/0/logprobs/content/0/top_logprobs', rule: 'alternatives' },
    { expected: 'at most 0, or -9999', actual: '0.5', at: '/choices/0/logprobs/content/0/logprob', rule: 'logprob' },
  ]);
});

test('fails tokens that spell something else', () => {
  expect(
    judged(logprobsAsAsked, {
      operation: 'createChatCompletion',
      asked: { logprobs: true },
      answer: {
        object: 'chat.completion',
        choices: [
          {
            index: 0,
            finish_reason: 'stop',
            message: { role: 'assistant', content: 'Hello' },
            logprobs: { content: [{ token: 'Bye', logprob: -0.5, bytes: [66, 121, 101], top_logprobs: [] }] },
          },
        ],
      },
    }),
  ).toEqual([
    { expected: 'tokens that spell "Hello"', actual: '"Bye"', at: '/choices/0/logprobs/content', rule: 'spelling', level: 'SHOULD' },
  ]);
});

test('says nothing where none were asked for', () => {
  expect(
    judged(logprobsAsAsked, {
      operation: 'createChatCompletion',
      asked: {},
      answer: {
        object: 'chat.completion',
        choices: [{ index: 0, finish_reason: 'stop', message: { role: 'assistant', content: 'Hello' } }],
      },
    }),
  ).toBeUndefined();
});
