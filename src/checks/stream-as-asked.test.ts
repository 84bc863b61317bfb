import { expect, test } from 'vitest';
import { judged } from '../../test/helpers/check-context.ts';
import { streamAsAsked } from './stream-as-asked.ts';

const stream = [['content-type', 'text/event-stream; charset=utf-8']] as const;

test('passes a stream that was asked for, and JSON where none was', () => {
  expect(judged(streamAsAsked, { streamAsked: true, status: 200, headers: stream })).toEqual([]);
  expect(judged(streamAsAsked, { streamAsked: false, status: 200 })).toEqual([]);
});

test('fails JSON where a stream was asked for', () => {
  expect(judged(streamAsAsked, { streamAsked: true, status: 200 })).toEqual([
    {
      expected: 'text/event-stream, for the request asks for a stream',
      actual: 'application/json',
      at: 'header content-type',
      actualType: 'application/json',
    },
  ]);
});

test('fails a stream that nobody asked for', () => {
  expect(judged(streamAsAsked, { streamAsked: false, status: 200, headers: stream })).toMatchObject([
    { expected: 'no event stream, for the request does not ask for one', actual: 'text/event-stream' },
  ]);
});

test('says nothing of refusals, nor where an operation cannot stream or a recording holds no headers', () => {
  expect(judged(streamAsAsked, { streamAsked: true, status: 200, headers: [] })).toBeUndefined();
  expect(judged(streamAsAsked, { streamAsked: true, status: 400 })).toBeUndefined();
  expect(judged(streamAsAsked, { status: 200, headers: stream })).toBeUndefined();
});
