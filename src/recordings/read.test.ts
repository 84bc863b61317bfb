import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { afterAll, describe, expect, test } from 'vitest';
import type { Recorded, RecordedTranscript } from './index.ts';
import { readRecordings } from './index.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'assay-recordings-'));
afterAll(() => rmSync(folder, { recursive: true }));
let files = 0;

/** A recording, a transcript with the data of its events. */
type Seen = Exclude<Recorded, RecordedTranscript> | (RecordedTranscript & { readonly data: readonly unknown[] });

async function all(recorded: AsyncIterable<Recorded>): Promise<Seen[]> {
  const found: Seen[] = [];
  for await (const one of recorded) {
    if (one.kind !== 'transcript') found.push(one);
    else {
      const data: unknown[] = [];
      for await (const events of one.events) data.push(...events.map((event) => event.data));
      found.push({ ...one, data });
    }
  }
  return found;
}

async function read(name: string, content: string | Uint8Array): Promise<Seen[]> {
  files += 1;
  mkdirSync(path.join(folder, String(files)));
  const file = path.join(folder, String(files), name);
  writeFileSync(file, content);
  const found = await all(readRecordings([file]));
  return found.map((one) => ({ ...one, source: path.basename(one.source) }));
}

/** What a reader wants to see of an exchange in one line. */
function brief(recorded: Seen): unknown {
  if (recorded.kind === 'unreadable') return `${recorded.place}: ${recorded.problem}`;
  if (recorded.kind === 'transcript') return recorded.data;
  const { request, response, stream } = recorded.exchange;
  return [recorded.place, request.method, request.url, request.body?.text, response?.status, response?.body.text, stream?.count].filter(
    (part) => part !== undefined,
  );
}

const har = {
  log: {
    version: '1.2',
    pages: [{ id: 'entries', title: '"entries": [ { } ]' }],
    entries: [
      {
        startedDateTime: '2025-03-01T00:00:00.000Z',
        time: 12,
        request: {
          method: 'post',
          url: 'https://api.acme.test/v1/pets?x=1',
          headers: [
            { name: ':method', value: 'POST' },
            { name: 'content-type', value: 'application/json' },
          ],
          postData: { mimeType: 'application/json', text: '{"a":"}]\\""}' },
        },
        response: {
          status: 201,
          httpVersion: 'HTTP/1.1',
          headers: [{ name: 'X', value: '1' }],
          content: { size: 4, mimeType: 'application/json', text: 'eyJ9', encoding: 'base64' },
        },
      },
      {
        request: { method: 'GET', url: 'https://api.acme.test/s', headers: [] },
        response: {
          status: 200,
          headers: [{ name: 'content-type', value: 'text/event-stream' }],
          content: { text: 'data: 1\n\ndata: 2\n\n' },
        },
      },
      {
        request: { method: 'GET', url: 'https://api.acme.test/lost', headers: [] },
        response: { status: 0, headers: [], content: { size: 0 } },
      },
      { request: { method: 'GET' }, response: { content: {} } },
    ],
  },
};
const harBrief = [
  ['entry 1', 'POST', 'https://api.acme.test/v1/pets?x=1', '{"a":"}]\\""}', 201, '{"}'],
  ['entry 2', 'GET', 'https://api.acme.test/s', 200, 'data: 1\n\ndata: 2\n\n', 2],
  ['entry 3', 'GET', 'https://api.acme.test/lost'],
  'entry 4: a HAR entry without request.method and request.url',
];

describe('HAR', () => {
  test.each([
    ['a.har', JSON.stringify(har)],
    ['a.har', JSON.stringify(har, null, 2)],
    ['a.json', JSON.stringify(har, null, 2)],
    ['a.json', JSON.stringify(har)],
    ['a.har.gz', gzipSync(JSON.stringify(har))],
    ['unnamed', JSON.stringify(har, null, 1)],
  ])('%s', async (name, content) => {
    const found = await read(name, content);
    expect(found.map(brief)).toEqual(harBrief);
    expect(found[0]).toMatchObject({
      host: 'api.acme.test',
      exchange: {
        request: { headers: [['content-type', 'application/json']] },
        response: {
          httpVersion: '1.1',
          headers: [
            ['X', '1'],
            ['content-type', 'application/json'],
          ],
        },
        timings: { startedAt: Date.parse('2025-03-01T00:00:00.000Z'), endMs: 12 },
      },
    });
    expect(found[2]).toMatchObject({ missing: [{ part: 'response', why: 'not-recorded' }] });
  });

  test('that ends in the middle gives what came before and says so', async () => {
    const text = JSON.stringify(har);
    const found = await read('a.har', text.slice(0, text.indexOf('/lost')));
    expect(found.map(brief)).toEqual([harBrief[0], harBrief[1], 'entry 3: the document ends before its end']);
  });
});

describe('VCR cassettes', () => {
  const python = (body: string) => `interactions:
- request:
    body: '{"a": 1}'
    headers: &id001
      Content-Type:
      - application/json
      X-Own: !!python/object/apply:os.system ['true']
    method: POST
    uri: https://api.acme.test/v1/pets
  response:
    body:
      string: ${body}
    headers:
      content-type:
      - application/json
      Content-Encoding:
      - gzip
    status:
      code: 200
      message: OK
- request:
    body: null
    headers: *id001
    method: GET
    uri: https://api.acme.test/v1/pets/1
  response:
    body:
      string: 7
    headers: {}
    status:
      code: 200
      message: OK
version: 1
`;
  test.each([
    ['text that was unpacked', `'{"b":2}'`],
    ['packed bytes', `!!binary |\n        ${gzipSync('{"b":2}').toString('base64')}`],
  ])('of vcrpy with %s', async (_, body) => {
    const found = await read('a.yaml', python(body));
    expect(found.map(brief)).toEqual([
      ['entry 1', 'POST', 'https://api.acme.test/v1/pets', '{"a": 1}', 200, '{"b":2}'],
      ['entry 2', 'GET', 'https://api.acme.test/v1/pets/1', 200, '7'],
    ]);
    expect(found[1]).toMatchObject({ missing: [{ part: 'response-headers', why: 'not-recorded' }] });
    expect(found[0]).toMatchObject({
      exchange: {
        request: {
          headers: [
            ['Content-Type', 'application/json'],
            ['X-Own', 'true'],
          ],
        },
      },
    });
  });

  test('of Ruby', async () => {
    const text = `---
http_interactions:
- request:
    method: post
    uri: https://api.acme.test/v1/audio
    body:
      encoding: ASCII-8BIT
      string: !binary |-
        ${Buffer.from('é').toString('base64')}
    headers:
      Content-Type:
      - text/plain
  response:
    status:
      code: 200
      message: OK
    headers:
      Content-Type:
      - text/event-stream
    body:
      encoding: UTF-8
      string: |+
        data: 1

        - data: not an item

    http_version:
  recorded_at: Fri, 07 Jul 2023 08:00:00 GMT
- request:
    method: get
    uri: https://api.acme.test/v1/audio
    body:
      encoding: US-ASCII
      base64_string: ''
    headers: {}
  response:
    status: { code: 404, message: x }
    headers: { Content-Type: [application/json] }
    body: { encoding: UTF-8, base64_string: ${Buffer.from('{}').toString('base64')} }
recorded_with: VCR 6.1.0
`;
    const found = await read('a.yml.gz', gzipSync(text));
    expect(found.map(brief)).toEqual([
      ['entry 1', 'POST', 'https://api.acme.test/v1/audio', 'é', 200, 'data: 1\n\n- data: not an item\n\n', 2],
      ['entry 2', 'GET', 'https://api.acme.test/v1/audio', '', 404, '{}'],
    ]);
    expect(found[0]).toMatchObject({ exchange: { timings: { startedAt: Date.UTC(2023, 6, 7, 8) } } });
  });

  test('as JSON, and with bodies that the recorder parsed', async () => {
    const interaction = {
      request: { method: 'POST', uri: 'https://h/a', headers: { 'content-type': ['application/json'] }, parsed_body: { a: 1 } },
      response: { status: { code: 200, message: 'OK' }, headers: {}, parsed_body: [] },
    };
    const found = await read('a.json', JSON.stringify({ version: 1, interactions: [interaction] }, null, 2));
    expect(found.map(brief)).toEqual([['entry 1', 'POST', 'https://h/a', '{"a":1}', 200, '[]']]);
    expect(found[0]).toMatchObject({ flags: ['reserialised'] });
  });

  test('of which one interaction is broken give the others', async () => {
    const text = python(`'{"b":2}'`).replace('- request:\n    body: null', '- request:\n    body: "\n    body: null');
    const found = await read('a.yaml', text);
    expect(found.map((one) => one.kind)).toEqual(['exchange', 'unreadable']);
  });

  test('that are long are read interaction by interaction', async () => {
    const interaction = (index: number) =>
      `- request:\n    body: '${'x'.repeat(3_000_000)}'\n    method: POST\n    uri: https://h/${index}\n    headers: {content-type: [text/plain]}\n  response:\n    status: {code: 200}\n    headers: {}\n    body: {string: ''}\n`;
    const found = await read('a.yaml', `interactions:\n${[1, 2, 3].map(interaction).join('')}version: 1\n`);
    expect(found.map((one) => one.kind === 'exchange' && [one.place, one.exchange.request.url, one.exchange.request.body?.size])).toEqual([
      ['entry 1', 'https://h/1', 3_000_000],
      ['entry 2', 'https://h/2', 3_000_000],
      ['entry 3', 'https://h/3', 3_000_000],
    ]);
  });

  test('with a pyramid of aliases take little memory and no time', async () => {
    const levels = Array.from(
      { length: 30 },
      (_, level) => `  l${level}: &l${level} [${level === 0 ? '1' : `*l${level - 1}, *l${level - 1}`}]`,
    );
    const text = `interactions:\n- request:\n    method: POST\n    uri: https://h/a\n    headers: {}\n    parsed_body: *l29\nx:\n${levels.join('\n')}\n`;
    const ordered = text.replace(/^(interactions[^]*?)(x:\n[^]*)$/, '$2$1');
    const found = await read('a.yaml', ordered);
    expect(found).toMatchObject([{ kind: 'exchange', exchange: { request: { method: 'POST' } } }]);
    expect(found).not.toHaveProperty('0.exchange.request.body');
    const many = `a: &a 1\nb: [${'*a, '.repeat(5000)}]\n`;
    expect((await read('b.yaml', many)).map(brief)).toEqual([expect.stringMatching(/alias/)]);
  });
});

describe('lines', () => {
  const line = {
    id: 'r1',
    method: 'POST',
    host: 'api.acme.test',
    prefix: '/v1',
    path: '/pets',
    query: 'a=1',
    status: 200,
    request_headers: { 'content-type': 'application/json' },
    request_body: '{}',
    response_headers: { 'content-type': 'application/json', 'content-encoding': 'br' },
    response_body: '{"ok":true}',
    flags: ['gunzipped'],
  };

  test('of exchanges; what is none is named, counted and passed over', async () => {
    const journal = {
      v: 1,
      type: 'exchange',
      at: 1,
      purpose: 'case',
      case: { id: 'c' },
      exchange: { id: 'c', request: { method: 'GET', url: 'http://127.0.0.1:1/a', headers: [] }, timings: { startedAt: 0, endMs: 1 } },
    };
    const lines = [
      JSON.stringify(line),
      '',
      '{"method":"GET"',
      Buffer.from('{"method":"GET","path":"/\xe9"}', 'latin1'),
      '[]',
      '{"method":"GET"}',
      JSON.stringify({ v: 1, type: 'run-start', at: 0 }),
      `${JSON.stringify(journal)}\r`,
      '['.repeat(10_000),
      JSON.stringify({
        method: 'GET',
        url: 'https://h/x',
        status: 200,
        response_body: `base64:${brotliCompressSync('{"b":1}').toString('base64')}`,
        response_headers: { 'content-encoding': 'br' },
      }),
      '{"method":"GET","path":"/last","status":204,"__proto__":{"url":"x"}}',
    ];
    const bytes = Buffer.concat(lines.flatMap((one) => [Buffer.from(one), Buffer.from('\n')]).slice(0, -1));
    const found = await read('a.jsonl', bytes);
    expect(found.map(brief)).toEqual([
      ['line 1', 'POST', 'https://api.acme.test/v1/pets?a=1', '{}', 200, '{"ok":true}'],
      expect.stringMatching(/^line 3: is no JSON: /),
      'line 4: is not valid UTF-8',
      'line 5: is no JSON object',
      'line 6: is no exchange: it has no method and path',
      ['line 8', 'GET', 'http://127.0.0.1:1/a'],
      'line 9: is no JSON: nested deeper than 200 (limit nesting)',
      ['line 10', 'GET', 'https://h/x', 200, '{"b":1}'],
      ['line 11', 'GET', 'https://recorded.invalid/last', 204, ''],
    ]);
    expect(found[0]).toMatchObject({ id: 'r1', host: 'api.acme.test', flags: ['gunzipped'], missing: [] });
    expect(found[5]).toMatchObject({ case: { id: 'c' }, purpose: 'case' });
  });

  test('with bytes that were cut say so', async () => {
    const cut = {
      ...line,
      response_headers: { 'content-type': 'audio/mpeg' },
      response_body: `base64:${Buffer.alloc(9, 255).toString('base64')}`,
      flags: ['bytes=100'],
    };
    const [found] = await read('a.jsonl.gz', gzipSync(JSON.stringify(cut)));
    expect(found).toMatchObject({
      missing: [{ part: 'response-body', why: 'truncated' }],
      exchange: { response: { body: { size: 100, truncated: true } } },
    });
  });

  test.each([
    ['none', { response_body: null }],
    ['an empty one in place of what the length tells', { response_body: '', response_headers: { 'content-length': '7' } }],
  ])('whose recorder kept no body but %s say so', async (_, more) => {
    expect(await read('a.jsonl', JSON.stringify({ ...line, status: 200, flags: [], ...more }))).toMatchObject([
      {
        missing: expect.arrayContaining([{ part: 'response-body', why: 'not-recorded' }]),
        exchange: { response: { body: { truncated: true } } },
      },
    ]);
  });

  test.each([
    ['as text', '\u001F\uFFFD\b\u0000\u0000'],
    ['as bytes, the end of which is lost', 'base64:H4sIAAAAAAAAA//+'],
  ])('that kept a packed body %s say so', async (_, packed) => {
    const headers = { 'content-type': 'application/json', 'content-encoding': 'gzip' };
    const [found] = await read('a.jsonl', JSON.stringify({ ...line, flags: [], response_headers: headers, response_body: packed }));
    expect(found).toMatchObject({
      missing: [{ part: 'response-body', why: 'not-recorded' }],
      exchange: { response: { body: { truncated: true } } },
    });
  });

  test('of answers without a body miss none', async () => {
    const none = { ...line, flags: [], response_body: null };
    const found = await read(
      'a.jsonl',
      [
        { ...none, status: 204 },
        { ...none, status: 200, response_headers: { 'content-length': '0' } },
      ]
        .map((one) => JSON.stringify(one))
        .join('\n'),
    );
    expect(found.map((one) => (one.kind === 'exchange' ? one.missing.filter(({ part }) => part === 'response-body') : one))).toEqual([
      [],
      [],
    ]);
  });

  test('of a stream that was cut leave out the event that the cut goes through', async () => {
    const cut = {
      ...line,
      flags: ['response_truncated'],
      response_headers: { 'content-type': 'text/event-stream' },
      response_body: 'data: 1\n\ndata: {"a',
    };
    const [found] = await read('a.jsonl', JSON.stringify(cut));
    expect(found).toMatchObject({ exchange: { stream: { count: 1, kept: [{ data: '1' }], end: 'recording-ends' } } });
  });

  test('with shortened Base64 texts say so, and are whole', async () => {
    const [found] = await read('a.jsonl', JSON.stringify({ ...line, flags: ['response_b64_truncated'] }));
    expect(found).toMatchObject({ missing: [], exchange: { response: { body: { abridged: true } } } });
  });

  test('with a form that is none say so', async () => {
    const form = { ...line, request_headers: { 'content-type': 'multipart/form-data; boundary=x' }, request_body: '[omitted]' };
    expect(await read('a.jsonl', JSON.stringify(form))).toMatchObject([{ missing: [{ part: 'request-body', why: 'not-recorded' }] }]);
  });

  test('longer than the limit are passed over', async () => {
    const file = path.join(folder, 'long.jsonl');
    writeFileSync(file, `${'x'.repeat(500_000)}\n${JSON.stringify(line)}\n`);
    const found = await all(readRecordings([file], { exchangeBytes: 1000 }));
    expect(found.map((one) => one.kind)).toEqual(['unreadable', 'exchange']);
  });

  test('of a broken gzip file give what came before', async () => {
    const packed = gzipSync(
      Array.from({ length: 5000 }, (_, index) => JSON.stringify({ ...line, id: `r${index}`, request_body: String(Math.random()) })).join(
        '\n',
      ),
    );
    const found = await read('a.jsonl.gz', packed.subarray(0, packed.length / 2));
    expect(found.length).toBeGreaterThan(100);
    expect(found.at(-1)).toMatchObject({ kind: 'unreadable', place: 'file' });
  });
});

test('a directory is read in order, without following links', async () => {
  const own = path.join(folder, 'tree');
  mkdirSync(path.join(own, 'sub'), { recursive: true });
  writeFileSync(path.join(own, 'b.sse'), 'data: b\n\n');
  writeFileSync(path.join(own, 'sub', 'a.sse'), 'data: a\n\n');
  writeFileSync(path.join(own, 'notes.txt'), 'no recording');
  symlinkSync(own, path.join(own, 'sub', 'loop'));
  symlinkSync(path.join(own, 'b.sse'), path.join(own, 'link.sse'));
  const found = await all(readRecordings([own, path.join(own, 'none.har')]));
  expect(found.map(brief)).toEqual([['b'], ['a'], expect.stringMatching(/^file: ENOENT/)]);
});
