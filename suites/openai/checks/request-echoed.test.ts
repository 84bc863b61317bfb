import { expect, test } from 'vitest';
import { requestEchoed } from './request-echoed.ts';
import { judged } from './scene.ts';

test('passes values as they were given', () => {
  expect(
    judged(requestEchoed, {
      operation: 'createAssistant',
      asked: { name: 'a', metadata: { x: '1', y: '2' }, description: null },
      answer: { name: 'a', metadata: { y: '2', x: '1' }, description: null },
    }),
  ).toEqual([]);
});

test('fails another value', () => {
  expect(
    judged(requestEchoed, { operation: 'createAssistant', asked: { name: 'a', temperature: 0.2 }, answer: { name: 'b', temperature: 1 } }),
  ).toEqual([
    { expected: '"a"', actual: '"b"', at: '/name', rule: 'name' },
    { expected: '0.2', actual: '1', at: '/temperature', rule: 'temperature' },
  ]);
});

test('does not compare what was empty, nor metadata that is no text', () => {
  expect(
    judged(requestEchoed, {
      operation: 'createAssistant',
      asked: { name: '', metadata: { a: true } },
      answer: { name: null, metadata: { a: 'True' } },
    }),
  ).toEqual([]);
});

test('leaves out what the answer does not have', () => {
  expect(judged(requestEchoed, { operation: 'createAssistant', asked: { name: 'a' }, answer: {} })).toEqual([]);
});
