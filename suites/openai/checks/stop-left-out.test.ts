import { expect, test } from 'vitest';
import { stopLeftOut } from './stop-left-out.ts';
import { judged } from './scene.ts';

test('passes text without the stop', () => {
  expect(
    judged(stopLeftOut, {
      operation: 'createChatCompletion',
      asked: { stop: ['END', '\n'] },
      answer: {
        object: 'chat.completion',
        choices: [{ index: 0, finish_reason: 'stop', message: { role: 'assistant', content: 'Hello' } }],
      },
    }),
  ).toEqual([]);
});

test('fails text with it', () => {
  expect(
    judged(stopLeftOut, {
      operation: 'createChatCompletion',
      asked: { stop: 'lo' },
      answer: {
        object: 'chat.completion',
        choices: [{ index: 0, finish_reason: 'stop', message: { role: 'assistant', content: 'Hello' } }],
      },
    }),
  ).toEqual([{ expected: 'no "lo" in the text', actual: '"Hello"', at: '/choices/0' }]);
});

test('says nothing where the prompt is echoed', () => {
  expect(
    judged(stopLeftOut, {
      operation: 'createCompletion',
      asked: { prompt: 'a', stop: 'a', echo: true },
      answer: { choices: [{ text: 'a' }] },
    }),
  ).toBeUndefined();
});
