import { expect, test } from 'vitest';
import { echoKept } from './echo-kept.ts';
import { judged } from './scene.ts';

test('passes text behind its prompt', () => {
  expect(
    judged(echoKept, { operation: 'createCompletion', asked: { prompt: 'a', echo: true }, answer: { choices: [{ text: 'ab' }] } }),
  ).toEqual([]);
});

test('fails text without it', () => {
  expect(
    judged(echoKept, { operation: 'createCompletion', asked: { prompt: 'a', echo: true }, answer: { choices: [{ text: 'b' }] } }),
  ).toEqual([{ expected: '"a" at the start', actual: '"b"', at: '/choices/0/text' }]);
});

test('says nothing of tokens', () => {
  expect(
    judged(echoKept, { operation: 'createCompletion', asked: { prompt: [1], echo: true }, answer: { choices: [{ text: 'b' }] } }),
  ).toBeUndefined();
});
