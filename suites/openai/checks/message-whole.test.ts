import { expect, test } from 'vitest';
import { messageWhole } from './message-whole.ts';
import { judged } from './scene.ts';

const chat = (message: Record<string, null | string>) => ({
  operation: 'createChatCompletion',
  asked: {},
  answer: { choices: [{ index: 0, message }] },
});

test('passes a message that says that it refuses nothing', () => {
  expect(judged(messageWhole, chat({ role: 'assistant', content: 'Hi', refusal: null }))).toEqual([]);
});

test('warns of a message without the member, and of calls that are null', () => {
  expect(judged(messageWhole, chat({ role: 'assistant', content: 'Hi', tool_calls: null }))).toEqual([
    { expected: 'refusal, null where there is none', actual: 'nothing', at: '/choices/0/message/refusal', rule: 'refusal' },
    { expected: 'no tool_calls where there is none', actual: 'null', at: '/choices/0/message/tool_calls', rule: 'tool_calls' },
  ]);
});

test('says nothing of stored messages', () => {
  expect(judged(messageWhole, { ...chat({ tool_calls: null }), operation: 'getChatCompletion' })).toBeUndefined();
});
