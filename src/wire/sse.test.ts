import { createParser } from 'eventsource-parser';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { StreamEvent } from '../model/index.ts';
import { createSseDecoder, decodeEvents } from './sse.ts';

const bytesOf = (text: string) => new TextEncoder().encode(text);

test('keeps fields, data, names, offsets and what ended each event', () => {
  const events = decodeEvents(bytesOf(': hello\n\nevent: a\ndata: 1\ndata:2\n\nid: 7\n\ndata'), 5);
  expect(events).toEqual([
    {
      index: 0,
      direction: 'in',
      at: 5,
      event: 'a',
      data: '1\n2',
      fields: [
        ['', 'hello'],
        ['event', 'a'],
        ['data', '1'],
        ['data', '2'],
      ],
      end: 'blank-line',
      offset: 9,
    },
    { index: 1, direction: 'in', at: 5, fields: [['id', '7']], end: 'blank-line', offset: 34 },
    { index: 2, direction: 'in', at: 5, data: '', fields: [['data', '']], end: 'end-of-body', offset: 41 },
  ]);
});

test.each([
  ['LF', '\n'],
  ['CRLF', '\r\n'],
  ['CR', '\r'],
])('reads %s line ends', (_, end) => {
  const events = decodeEvents(bytesOf(['event: é', 'data: ü', '', 'data: 2', '', ''].join(end)));
  expect(events.map(({ event, data, end }) => ({ event, data, end }))).toEqual([
    { event: 'é', data: 'ü', end: 'blank-line' },
    { event: undefined, data: '2', end: 'blank-line' },
  ]);
});

test('reads past a byte order mark and counts it in the offset', () => {
  expect(decodeEvents(bytesOf('\uFEFFdata: 1\n\n'))).toMatchObject([{ data: '1', offset: 3 }]);
});

test('marks the event whose bytes are not UTF-8, and no other', () => {
  const events = decodeEvents(
    Buffer.concat([bytesOf('data: é\n\n'), Buffer.from('data: \xe9\nevent: x\n\n', 'latin1'), bytesOf('data: 3\n\n')]),
  );
  expect(events.map((event) => event.invalidUtf8 ?? false)).toEqual([false, true, false]);
});

test('marks the event before which a comment was not UTF-8', () => {
  const events = decodeEvents(Buffer.from(': \xff\n\ndata: a\n\ndata: b\n\n', 'latin1'));
  expect(events.map((event) => event.invalidUtf8 ?? false)).toEqual([true, false]);
});

test('stops at an event longer than the limit, also when it never ends a line', () => {
  const decoder = createSseDecoder({ eventBytes: 100 });
  expect(decoder.push(bytesOf('data: 1\n\ndata: '), 0)).toHaveLength(1);
  for (let sent = 0; sent < 20; sent += 1) decoder.push(bytesOf('xxxxxxxxxx'), 0);
  expect(decoder.exceeded).toBe('eventBytes');
  expect(decoder.push(bytesOf('\n\ndata: 2\n\n'), 0)).toEqual([]);
});

test('a stream of comments takes bounded memory and is counted', () => {
  const decoder = createSseDecoder();
  for (let sent = 0; sent < 1000; sent += 1) decoder.push(bytesOf(': keep-alive\n\n'), 0);
  const [event] = decoder.push(bytesOf('data: 1\n\n'), 0);
  expect(decoder.comments).toBe(1000);
  expect(event?.fields).toHaveLength(101);
});

const lineArbitrary = fc.oneof(
  fc.constantFrom(
    'data: {"a":1}',
    'data:x',
    'data',
    'event: e',
    'id: 1',
    'retry: 10',
    ': comment',
    ':',
    '',
    '',
    'data: é€😀',
    'unknown: v',
    'data:  two spaces',
  ),
  fc.string({ unit: 'binary', maxLength: 12 }),
);
const streamArbitrary = fc
  .tuple(
    fc.boolean(),
    fc.array(fc.tuple(lineArbitrary, fc.constantFrom('\n', '\r\n', '\r')), { maxLength: 30 }),
    fc.constantFrom('', 'data: cut', '\r'),
    fc.option(fc.integer({ min: 0, max: 255 }), { freq: 3 }),
  )
  .map(([bom, lines, tail, junk]) => {
    const text = bytesOf(`${bom ? '\uFEFF' : ''}${lines.map(([line, end]) => line.replaceAll(/[\r\n]/g, '') + end).join('')}${tail}`);
    return junk === null ? text : Buffer.concat([text, Buffer.from([junk, 0x0a, 0x64])]);
  });

function decodeSplit(bytes: Uint8Array, cuts: readonly number[]): StreamEvent[] {
  const decoder = createSseDecoder();
  const places = [...new Set(cuts.map((cut) => cut % (bytes.length + 1)))].toSorted((a, b) => a - b);
  const events: StreamEvent[] = [];
  let from = 0;
  for (const place of [...places, bytes.length]) {
    events.push(...decoder.push(bytes.subarray(from, place), 0));
    from = place;
  }
  return [...events, ...decoder.end(0)];
}

test('any split into chunks gives the same events', () => {
  fc.assert(
    fc.property(streamArbitrary, fc.array(fc.nat(2000), { maxLength: 40 }), (bytes, cuts) => {
      expect(decodeSplit(bytes, cuts)).toEqual(decodeEvents(bytes));
      expect(decodeSplit(bytes, Array.from(bytes.keys()))).toEqual(decodeEvents(bytes));
    }),
    { numRuns: 300 },
  );
});

test('agrees with eventsource-parser on the events that the HTML specification dispatches', () => {
  fc.assert(
    fc.property(streamArbitrary, (bytes) => {
      const theirs: { event: string | undefined; data: string }[] = [];
      const parser = createParser({ onEvent: ({ event, data }) => theirs.push({ event, data }) });
      parser.feed(Buffer.from(bytes).toString('utf8'));
      const ours = decodeEvents(bytes)
        .filter(({ data, end }) => data !== undefined && end === 'blank-line')
        .map(({ event, data }) => ({ event: event === '' ? undefined : event, data }));
      expect(ours).toEqual(theirs);
    }),
    { numRuns: 300 },
  );
});
