import { expect, test } from 'vitest';
import { judged } from '../../test/helpers/check-context.ts';
import { streamInPieces } from './stream-in-pieces.ts';

const scene = (firstEventMs: number, lastEventMs: number) => ({ status: 200, stream: { firstEventMs, lastEventMs } });

test('passes events that are spread over the time, and a stream that is too fast to tell', () => {
  expect(judged(streamInPieces, scene(100, 2_000))).toEqual([]);
  expect(judged(streamInPieces, scene(900, 901))).toEqual([]);
});

test('finds a stream that comes in one piece at the end', () => {
  expect(judged(streamInPieces, scene(2_990, 3_000))).toEqual([
    {
      expected: 'events spread over the time that the answer took',
      actual: '10 events within 10 ms after 2990 ms of silence',
      at: 'stream',
      actualType: 'one piece',
    },
  ]);
});

test('does not take for silence of the target that this process stood still', () => {
  expect(judged(streamInPieces, { ...scene(3_990, 4_000), stalledMs: 1_500 })).toEqual([]);
  expect(judged(streamInPieces, { ...scene(3_990, 4_000), stalledMs: 500 })).toHaveLength(1);
});

test.each([
  ['short streams', { status: 200, stream: { count: 4 } }],
  ['streams that were cut', { status: 200, stream: { end: 'aborted-by-client' as const } }],
  ['other answers', { status: 200 }],
])('says nothing of %s', (_, other) => {
  expect(judged(streamInPieces, other)).toBeUndefined();
});
