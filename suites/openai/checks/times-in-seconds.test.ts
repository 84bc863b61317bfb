import { expect, test } from 'vitest';
import { timesInSeconds } from './times-in-seconds.ts';
import { judged } from './scene.ts';

test('passes seconds', () => {
  expect(judged(timesInSeconds, { operation: 'getFile', method: 'GET', answer: { created_at: 1730000000, expires_at: null } })).toEqual([]);
});

test('fails milliseconds, also in a list', () => {
  expect(judged(timesInSeconds, { operation: 'listFiles', method: 'GET', answer: { data: [{ created_at: 1730000000000 }] } })).toEqual([
    { expected: 'seconds since 1970', actual: '1730000000000', at: '/data/0/created_at' },
  ]);
});

test('fails a time before 1970', () => {
  expect(judged(timesInSeconds, { operation: 'createChatCompletion', answer: { created: -1 } })).toEqual([
    { expected: 'seconds since 1970', actual: '-1', at: '/created' },
  ]);
});
