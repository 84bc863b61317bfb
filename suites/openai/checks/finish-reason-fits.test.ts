import { expect, test } from 'vitest';
import { finishReasonFits } from './finish-reason-fits.ts';
import { judged } from './scene.ts';

test('fails a call of its own accord that ends with stop', () => {
  expect(
    judged(finishReasonFits, {
      operation: 'createChatCompletion',
      asked: { tool_choice: 'auto' },
      answer: {
        object: 'chat.completion',
        choices: [
          {
            index: 0,
            finish_reason: 'stop',
            message: { content: null, tool_calls: [{ id: 'call_1', type: 'function', function: { name: 'a', arguments: '{}' } }] },
          },
        ],
      },
    }),
  ).toEqual([{ expected: 'tool_calls', actual: 'stop', at: '/choices/0/finish_reason', rule: 'called' }]);
});

test('passes a call with its reason', () => {
  expect(
    judged(finishReasonFits, {
      operation: 'createChatCompletion',
      asked: {},
      answer: {
        object: 'chat.completion',
        choices: [
          {
            index: 0,
            finish_reason: 'tool_calls',
            message: { content: null, tool_calls: [{ id: 'call_1', type: 'function', function: { name: 'a', arguments: '{}' } }] },
          },
        ],
      },
    }),
  ).toEqual([]);
});

test('passes a call that ends with stop, as forced ones do', () => {
  expect(
    judged(finishReasonFits, {
      operation: 'createChatCompletion',
      asked: { tool_choice: 'required' },
      answer: {
        object: 'chat.completion',
        choices: [
          {
            index: 0,
            finish_reason: 'stop',
            message: { content: null, tool_calls: [{ id: 'call_1', type: 'function', function: { name: 'a', arguments: '{}' } }] },
          },
        ],
      },
    }),
  ).toEqual([]);
});

test('fails the reason of a call without one', () => {
  expect(
    judged(finishReasonFits, {
      operation: 'createChatCompletion',
      asked: {},
      answer: {
        object: 'chat.completion',
        choices: [
          { index: 0, finish_reason: 'tool_calls', message: { role: 'assistant', content: 'Hello' } },
          { index: 1, finish_reason: 'function_call', message: { role: 'assistant', content: 'Hello' } },
        ],
      },
    }),
  ).toEqual([
    {
      expected: 'a tool_calls beside finish_reason tool_calls',
      actual: 'nothing',
      at: '/choices/0/message/tool_calls',
      rule: 'tool_calls',
    },
    {
      expected: 'a function_call beside finish_reason function_call',
      actual: 'nothing',
      at: '/choices/1/message/function_call',
      rule: 'function_call',
    },
  ]);
});
