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

test('does not compare what a recorder masked, nor the items that a prompt template makes of instructions', () => {
  const masked = { operation: 'createAssistant', asked: { name: 'Sanitized' }, answer: { name: 'b' } };
  expect(judged(requestEchoed, masked)).toEqual([]);
  const template = {
    operation: 'createResponse',
    asked: { prompt: { id: 'p' }, instructions: 'a' },
    answer: { instructions: [{ type: 'message' }] },
  };
  expect(judged(requestEchoed, template)).toEqual([]);
});
