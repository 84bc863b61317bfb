import { expect, test } from 'vitest';
import type { Operation, Pack } from '../model/index.ts';
import { isStreamAsked } from './streams.ts';

const pack = {
  streamSwitches: [{ operations: ['say'], member: 'stream', value: true, unless: { member: 'model', values: ['old'] } }],
} as unknown as Pack;
const say = { id: 'say' } as Operation;

test.each([
  [{ stream: true }, true],
  [{ stream: false }, false],
  [{}, false],
  // Forms are text, and each language writes its own.
  [{ stream: 'True' }, true],
  [{ stream: 'False' }, false],
  [{ stream: '1' }, undefined],
  [{ stream: true, model: 'old' }, undefined],
])('a request %j asks for a stream: %s', (body, asked) => {
  expect(isStreamAsked(pack, say, { body })).toBe(asked);
});

test('of a request that was not recorded nobody knows', () => {
  expect(isStreamAsked(pack, say, {})).toBeUndefined();
});
