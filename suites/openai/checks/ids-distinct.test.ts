import { expect, test } from 'vitest';
import { idsDistinct } from './ids-distinct.ts';
import { judged } from './scene.ts';

const chat = (...ids: string[]) => ({
  operation: 'createChatCompletion',
  asked: {},
  answer: { choices: [{ index: 0, message: { tool_calls: ids.map((id) => ({ id })) } }] },
});

test('passes calls with an id each', () => {
  expect(judged(idsDistinct, chat('call_a', 'call_b'))).toEqual([]);
});

test('warns of two calls with one id', () => {
  expect(judged(idsDistinct, chat('call_a', 'call_a'))).toEqual([
    { expected: 'an id of its own for each', actual: '"call_a" twice', at: '/choices/0/message/tool_calls/*/id', rule: 'twice' },
  ]);
});

test('warns of an item with the id of its call', () => {
  const answer = { output: [{ id: 'call_a', call_id: 'call_a' }, { id: 'fc_b', call_id: 'call_b' }, { id: 'msg_c' }] };
  expect(judged(idsDistinct, { operation: 'createResponse', asked: {}, answer })).toEqual([
    { expected: 'another id than call_id', actual: '"call_a"', at: '/output/0/id', rule: 'call-id' },
  ]);
});
