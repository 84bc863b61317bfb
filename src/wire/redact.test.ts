import { gunzipSync, gzipSync } from 'node:zlib';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Exchange, ExchangeEvent, StreamEvent } from '../model/index.ts';
import { bodyOf, bytesOf } from './body.ts';
import { createRedactor, mayCarrySecret } from './redact.ts';
import { decodeEvents } from './sse.ts';

const plain = 'sk-plantedKEY42abcdef';
const plainMask = 'sk-xxxxxxxXXX00xxxxxx';
const redactor = createRedactor({ secrets: [`Bearer ${plain}`, 'pa/ss "word"\\1'], secretMembers: ['client_secret'] });

test('keeps length, prefix and character classes', () => {
  expect(createRedactor({ secrets: [plain], secretMembers: [] }).text(`a ${plain} b`)).toBe(`a ${plainMask} b`);
});

const percentAll = (text: string) => Array.from(Buffer.from(text), (byte) => `%${byte.toString(16).padStart(2, '0')}`).join('');
const unicodeAll = (text: string) => Array.from(text, (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`).join('');

describe.each([plain, 'pa/ss "word"\\1'])('finds %s', (planted) => {
  const withIt = createRedactor({ secrets: [planted], secretMembers: [] });
  test.each<[string, (text: string) => string, (text: string) => string]>([
    ['as it is', (text) => text, (text) => text],
    ['percent-encoded', encodeURIComponent, decodeURIComponent],
    ['percent-encoded in every character', percentAll, decodeURIComponent],
    ['percent-encoded twice', (text) => encodeURIComponent(percentAll(text)), (text) => decodeURIComponent(decodeURIComponent(text))],
    ['as JSON', (text) => JSON.stringify(text), (text) => JSON.parse(text) as string],
    ['as JSON in JSON', (text) => JSON.stringify(JSON.stringify(text)), (text) => JSON.parse(JSON.parse(text) as string) as string],
    ['in \\u escapes', (text) => `"${unicodeAll(text)}"`, (text) => JSON.parse(text) as string],
  ])('%s', (_, write, read) => {
    const written = withIt.text(write(`é ${planted} z`));
    expect(read(written)).toBe(`é ${withIt.text(planted)} z`);
    expect(withIt.text(planted)).not.toBe(planted);
    expect(withIt.text(planted)).toHaveLength(planted.length);
  });

  test.each<[string, (text: string) => string]>([
    ['as it is', (text) => text],
    ['percent-encoded in every character', percentAll],
    ['in \\u escapes', unicodeAll],
    ['in base64', (text) => Buffer.from(text).toString('base64')],
    ['in base64 after another character', (text) => Buffer.from(`a${text}`).toString('base64').slice(2)],
  ])('cut by an ellipsis: %s', (_, write) => {
    const whole = write(planted);
    const masked = write(withIt.text(planted));
    for (let length = whole.length - 1; length >= whole.length / 2; length--) {
      expect(withIt.text(`"${whole.slice(0, length)}…"`).slice(1, length - 6)).toBe(masked.slice(0, length - 7));
    }
  });

  test('in base64 at every alignment, with no bit of it left', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 7 }),
        fc.uint8Array({ maxLength: 7 }),
        fc.constantFrom('base64', 'base64url'),
        (before, after, coding) => {
          const bytes = Buffer.concat([before, Buffer.from(planted), after]);
          const written = withIt.text(bytes.toString(coding as BufferEncoding));
          expect(Buffer.from(written, coding as BufferEncoding)).toEqual(Buffer.concat([before, Buffer.from(withIt.text(planted)), after]));
        },
      ),
    );
  });
});

test('replaces credentials in header pairs that nobody named', () => {
  expect(
    redactor.value([
      ['Authorization', 'Bearer other-Key1'],
      ['Cookie', 'a=b1; c=D'],
      ['x-api-key', 'zz9'],
      ['accept', 'a/b'],
    ]),
  ).toEqual([
    ['Authorization', 'Bearer xxxxx-Xxx0'],
    ['Cookie', 'a=x0; c=X'],
    ['x-api-key', 'xx0'],
    ['accept', 'a/b'],
  ]);
  expect(['authorization', 'X-Own-Token', 'accept', 'Content-Type', 'Acme-Beta'].map(mayCarrySecret)).toEqual([
    true,
    true,
    false,
    false,
    false,
  ]);
});

function exchangeOf(text: string, more: Partial<Exchange> = {}): Exchange {
  return {
    id: 'x',
    request: { method: 'POST', url: `http://h/?key=${plain}`, headers: [], body: bodyOf(Buffer.from(`{"a":"${plain}"}`)) },
    response: { status: 200, headers: [['content-type', 'application/json']], body: bodyOf(Buffer.from(text)) },
    timings: { startedAt: 0, endMs: 1 },
    ...more,
  };
}

test('a minted secret is replaced where it was minted and in all that follows', () => {
  const minted = 'ek_68af296e8e408191A';
  const safe = redactor.exchange(exchangeOf(JSON.stringify({ client_secret: minted, other: 'a text of message 1' })));
  expect(JSON.stringify(safe)).not.toContain(minted);
  expect(safe.response?.body.text).toBe('{"client_secret":"ek_00xx000x0x000000X","other":"a text of message 1"}');
  expect(redactor.text(`again ${minted}`)).toBe('again ek_00xx000x0x000000X');
});

function contentOf(events: readonly StreamEvent[]): string {
  return events.map((event) => (JSON.parse(event.data ?? '') as { delta: { text: string } }).delta.text).join('');
}

test('a secret split over the events of a stream is replaced in every kept form', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(plain.length + 6), { maxLength: 8 }), (cuts) => {
      const whole = `my ${plain}...`;
      const places = [...new Set(cuts.map((cut) => cut % whole.length)), whole.length].toSorted((a, b) => a - b);
      const pieces = places.map((place, index) => whole.slice(places[index - 1] ?? 0, place));
      const text = pieces.map((piece) => `data: {"index":0, "delta":{"text":${JSON.stringify(piece)}}}\n\n`).join('');
      const events = decodeEvents(Buffer.from(text));
      const safe = redactor.exchange(
        exchangeOf(text, {
          stream: { count: events.length, bytes: text.length, digest: '', kept: events, end: 'closed', gaps: [], violations: [] },
        }),
      );
      expect(contentOf(safe.stream?.kept ?? [])).toBe(`my ${plainMask}...`);
      expect(safe.stream?.kept.map((event) => event.fields[0]?.[1])).toEqual(safe.stream?.kept.map((event) => event.data));
      expect(contentOf(decodeEvents(bytesOf(safe.response?.body)))).toBe(`my ${plainMask}...`);
    }),
  );
});

test('a text that was cut in the middle of a secret shows no part of it', () => {
  const body = { ...bodyOf(Buffer.from(`x ${plain.slice(0, 15)}`)), truncated: true };
  const safe = redactor.exchange(exchangeOf('', { response: { status: 200, headers: [], body } }));
  expect(safe.response?.body.text).toBe(`x ${plainMask.slice(0, 15)}`);
});

test('bytes that are no text, and what they hold packed', () => {
  const bytes = Buffer.concat([Buffer.from([0xff, 0]), Buffer.from(plain), Buffer.from([0xfe])]);
  const packed = gzipSync(`{"a":"${plain}"}`);
  const safe = redactor.exchange({ ...exchangeOf(''), request: { method: 'POST', url: '/', headers: [], body: bodyOf(bytes) } });
  expect(Buffer.from(bytesOf(safe.request.body)).toString('latin1')).toBe(`\u00ff\0${plainMask}\u00fe`);
  const unpacked = redactor.exchange({ ...exchangeOf(''), request: { method: 'POST', url: '/', headers: [], body: bodyOf(packed) } });
  expect(gunzipSync(bytesOf(unpacked.request.body)).toString()).toBe(`{"a":"${plainMask}"}`);
});

test('an event of a run keeps its shape', () => {
  const event = {
    v: 2,
    type: 'exchange',
    at: 3,
    purpose: 'case',
    case: { id: 'c', what: [plain] },
    exchange: exchangeOf('{}'),
  } as unknown as ExchangeEvent;
  const safe = redactor.event(event) as ExchangeEvent;
  expect(JSON.stringify(safe)).toBe(JSON.stringify(event).replaceAll(plain, plainMask));
});
