import * as fc from 'fast-check';
import { expect, test } from 'vitest';

import type { Exchange, ExchangeEvent, NameValue } from '../model/index.ts';
import { bodyOf } from './body.ts';
import { createRedactor } from './redact.ts';

const secrets = ['sk-plantedKEY42abcdef', 'pa/ss "word"\\1', 'zwölf\nZeilen 12'];
const minted = 'ek_68af296e8e408191A';

const percentAll = (text: string) => Array.from(Buffer.from(text), (byte) => `%${byte.toString(16).padStart(2, '0')}`).join('');
const unicodeAll = (text: string) => Array.from(text, (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`).join('');
const forms: readonly ((text: string) => string)[] = [
  (text) => text,
  encodeURIComponent,
  percentAll,
  JSON.stringify,
  (text) => JSON.stringify(JSON.stringify(text)),
  unicodeAll,
  (text) => Buffer.from(text).toString('base64'),
  (text) => Buffer.from(`ab${text}`).toString('base64url'),
  (text) => `${text.slice(0, 12)}…`,
  () => 'nothing to see: 100% plain \\u0041 "text"\n\u2028',
];

const planted = fc.tuple(fc.constantFrom(...secrets, minted), fc.constantFrom(...forms)).map(([text, form]) => `a ${form(text)} z`);
const answers = fc.oneof(
  planted,
  fc
    .tuple(
      fc.constantFrom('client_secret', 'other'),
      fc.constantFrom(minted, 'short', 'a text of a message 1'),
      fc.constantFrom('', ' \n\t'),
    )
    .map(([name, value, space]) => `{"${name}"${space}:${space}"${value}"}`),
  fc.constant(JSON.stringify({ inner: JSON.stringify({ client_secret: minted }, undefined, 1) })),
);
const headers = fc.array(
  fc.oneof(
    fc.constantFrom<NameValue>(
      ['Authorization', 'Bearer abcdefgh12345678'],
      ['set-cookie', 'sid=abcdefgh12345678; Path=/'],
      ['content-type', 'application/json'],
      ['content-type', 'text/event-stream'],
    ),
    planted.map((text): NameValue => ['x-other', text]),
  ),
  { maxLength: 3 },
);

const events = fc
  .record({ ofRequest: headers, ofResponse: headers, sent: planted, answer: answers, ofCase: headers, truncated: fc.boolean() })
  .map(({ ofRequest, ofResponse, sent, answer, ofCase, truncated }) => {
    const exchange: Exchange = {
      id: 'x',
      request: { method: 'POST', url: 'http://h/', headers: ofRequest, body: bodyOf(Buffer.from(sent)) },
      response: { status: 200, headers: ofResponse, body: bodyOf(Buffer.from(answer), truncated) },
      timings: { startedAt: 0, endMs: 1 },
    };
    return { v: 2, type: 'exchange', at: 3, purpose: 'case', case: { request: { headers: ofCase } }, exchange } as unknown as ExchangeEvent;
  });

test('the line of an event is what walking every string of it gives', () => {
  fc.assert(
    fc.property(fc.subarray(secrets), fc.array(events, { minLength: 1, maxLength: 4 }), (given, sequence) => {
      const quick = createRedactor({ secrets: given, secretMembers: ['client_secret'] });
      const walking = createRedactor({ secrets: given, secretMembers: ['client_secret'] });
      for (const event of sequence) {
        const written = quick.line(event);
        expect(written.line).toBe(JSON.stringify(walking.event(event)));
        expect(JSON.stringify(written.event)).toBe(written.line);
      }
    }),
    { numRuns: 500 },
  );
});
