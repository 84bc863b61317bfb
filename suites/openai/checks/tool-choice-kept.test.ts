import { expect, test } from 'vitest';
import { toolChoiceKept } from './tool-choice-kept.ts';
import { judged } from './scene.ts';

test('passes the named function', () => {
  expect(
    judged(toolChoiceKept, {
      operation: 'createChatCompletion',
      asked: { tool_choice: { type: 'function', function: { name: 'a' } } },
      answer: {
        object: 'chat.completion',
        choices: [
          {
            index: 0,
            finish_reason: 'stop',
            message: { tool_calls: [{ id: 'call_1', type: 'function', function: { name: 'a', arguments: '{}' } }] },
          },
        ],
      },
    }),
  ).toEqual([]);
});

test('passes a refusal and a text that was cut off', () => {
  expect(
    judged(toolChoiceKept, {
      operation: 'createChatCompletion',
      asked: { tool_choice: 'required', n: 2 },
      answer: {
        object: 'chat.completion',
        choices: [
          { index: 0, finish_reason: 'stop', message: { content: null, refusal: 'No' } },
          { index: 1, finish_reason: 'length', message: { role: 'assistant', content: 'Hello' } },
        ],
      },
    }),
  ).toEqual([]);
});

test('fails another function', () => {
  expect(
    judged(toolChoiceKept, {
      operation: 'createChatCompletion',
      asked: { tool_choice: { type: 'function', function: { name: 'a' } } },
      answer: {
        object: 'chat.completion',
        choices: [
          {
            index: 0,
            finish_reason: 'stop',
            message: { tool_calls: [{ id: 'call_1', type: 'function', function: { name: 'b', arguments: '{}' } }] },
          },
        ],
      },
    }),
  ).toEqual([{ expected: 'a call of "a" and of nothing else', actual: 'calls of ["b"]', at: '/choices/0/message', rule: 'named' }]);
});

test('fails a call where none may be', () => {
  expect(
    judged(toolChoiceKept, {
      operation: 'createChatCompletion',
      asked: { tool_choice: 'none' },
      answer: {
        object: 'chat.completion',
        choices: [
          {
            index: 0,
            finish_reason: 'stop',
            message: { tool_calls: [{ id: 'call_1', type: 'function', function: { name: 'a', arguments: '{}' } }] },
          },
        ],
      },
    }),
  ).toEqual([{ expected: 'no call', actual: 'calls of ["a"]', at: '/choices/0/message', rule: 'none' }]);
});

test('fails a response without the call that is required', () => {
  expect(
    judged(toolChoiceKept, {
      operation: 'createResponse',
      asked: { tool_choice: 'required' },
      answer: { status: 'completed', output: [{ type: 'message', content: [] }] },
    }),
  ).toEqual([{ expected: 'at least one call', actual: 'no call', at: '/output', rule: 'required' }]);
});

test('says nothing of the choice of another kind of tool', () => {
  expect(
    judged(toolChoiceKept, {
      operation: 'createResponse',
      asked: { tool_choice: { type: 'mcp', name: 'a' } },
      answer: { status: 'completed', output: [] },
    }),
  ).toBeUndefined();
});

test('passes a call of a hosted tool where one is required', () => {
  expect(
    judged(toolChoiceKept, {
      operation: 'createResponse',
      asked: { tool_choice: 'required' },
      answer: { status: 'completed', output: [{ type: 'mcp_approval_request' }] },
    }),
  ).toEqual([]);
});

test('says nothing of a free choice', () => {
  expect(
    judged(toolChoiceKept, {
      operation: 'createChatCompletion',
      asked: { tool_choice: 'auto' },
      answer: {
        object: 'chat.completion',
        choices: [{ index: 0, finish_reason: 'stop', message: { role: 'assistant', content: 'Hello' } }],
      },
    }),
  ).toBeUndefined();
});

test('says nothing of a response that refuses', () => {
  const output = [{ type: 'message', content: [{ type: 'refusal', refusal: 'No.' }] }];
  expect(
    judged(toolChoiceKept, { operation: 'createResponse', asked: { tool_choice: 'required' }, answer: { status: 'completed', output } }),
  ).toEqual([]);
});

test('passes what calls nothing where nothing may be called', () => {
  expect(
    judged(toolChoiceKept, {
      operation: 'createResponse',
      asked: { tool_choice: 'none' },
      answer: {
        object: 'response',
        status: 'completed',
        output: [
          { type: 'compaction', id: 'cmp_1' },
          { type: 'message', content: [] },
        ],
      },
    }),
  ).toEqual([]);
});

test('fails a call of the service where nothing may be called', () => {
  expect(
    judged(toolChoiceKept, {
      operation: 'createResponse',
      asked: { tool_choice: 'none' },
      answer: { object: 'response', status: 'completed', output: [{ type: 'web_search_call', id: 'ws_1' }] },
    }),
  ).toEqual([{ expected: 'no call', actual: 'calls of ["web_search_call"]', at: '/output', rule: 'none' }]);
});
