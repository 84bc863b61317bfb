import { expect, test } from 'vitest';
import { modelAsAsked } from './model-as-asked.ts';
import { judged } from './scene.ts';

test('passes the model and a snapshot of it', () => {
  expect(judged(modelAsAsked, { operation: 'createResponse', asked: { model: 'gpt-4o' }, answer: { model: 'gpt-4o-2024-08-06' } })).toEqual(
    [],
  );
});

test('fails another model', () => {
  expect(judged(modelAsAsked, { operation: 'createResponse', asked: { model: 'gpt-4o' }, answer: { model: 'llama' } })).toEqual([
    { expected: 'gpt-4o, or a name that starts with it', actual: '"llama"', at: '/model' },
  ]);
});

test('says nothing of chats, where old names are mapped', () => {
  expect(judged(modelAsAsked, { operation: 'createChatCompletion', asked: { model: 'gpt-4' }, answer: { model: 'x' } })).toBeUndefined();
});
