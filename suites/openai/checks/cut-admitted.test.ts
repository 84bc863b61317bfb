import type { Json } from 'assay/pack';
import { expect, test } from 'vitest';
import { cutAdmitted } from './cut-admitted.ts';
import { judged } from './scene.ts';

const chat = (finish: string, content: string, asked: Json = { max_tokens: 3 }) =>
  judged(cutAdmitted, {
    operation: 'createChatCompletion',
    asked,
    answer: { choices: [{ index: 0, finish_reason: finish, message: { content } }], usage: { completion_tokens: 3 } },
  });
const response = (status: string, item: string, text: string) =>
  judged(cutAdmitted, {
    operation: 'createResponse',
    asked: { max_output_tokens: 16 },
    answer: { status, output: [{ type: 'message', status: item, content: [{ text }] }], usage: { output_tokens: 16 } },
  });

test('passes a cut that is told, an end in time, and a limit that was not reached', () => {
  expect(chat('length', 'Once upon a')).toEqual([]);
  expect(chat('stop', 'It is over.')).toEqual([]);
  expect(chat('stop', 'Once upon a', { max_tokens: 4 })).toEqual([]);
  expect(chat('stop', 'one', { max_tokens: 3, stop: ' ' })).toEqual([]);
  expect(response('incomplete', 'incomplete', 'Once upon a')).toEqual([]);
});

test('warns of a text that stops in the middle at the limit', () => {
  expect(chat('stop', 'Once upon a')).toEqual([
    { expected: 'length', actual: 'stop after "Once upon a"', at: '/choices/0/finish_reason', rule: 'finish' },
  ]);
  expect(response('completed', 'completed', 'Once upon a')).toMatchObject([{ at: '/status', rule: 'status' }]);
});

test('warns of an item that is completed in a response that is not', () => {
  expect(response('incomplete', 'completed', 'Once upon a')).toEqual([
    { expected: 'incomplete, as the response', actual: 'completed', at: '/output/0/status', rule: 'item' },
  ]);
});
