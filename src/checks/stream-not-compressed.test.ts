import { expect, test } from 'vitest';
import { judged } from '../../test/helpers/check-context.ts';
import { streamNotCompressed } from './stream-not-compressed.ts';

const scene = (coding: string | undefined, mediaType = 'text/event-stream') => ({
  status: 200,
  headers: [['content-type', mediaType], ...(coding === undefined ? [] : [['Content-Encoding', coding]])] as [string, string][],
});

test.each([undefined, 'identity'])('passes a stream in coding %s', (coding) => {
  expect(judged(streamNotCompressed, scene(coding))).toEqual([]);
});

test('finds a compressed stream', () => {
  expect(judged(streamNotCompressed, scene('gzip'))).toEqual([
    { expected: 'no content-encoding', actual: 'gzip', at: 'header content-encoding', actualType: 'gzip' },
  ]);
});

test('says nothing of compressed JSON', () => {
  expect(judged(streamNotCompressed, scene('gzip', 'application/json'))).toBeUndefined();
});
