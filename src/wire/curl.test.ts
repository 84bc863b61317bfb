import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { NameValue, Part, SentRequest } from '../model/index.ts';
import { bodyOf } from './body.ts';
import { curlLine } from './curl.ts';
import { parseMultipart } from './parse-multipart.ts';
import { serialiseBody } from './request.ts';

interface Seen {
  readonly method: string | undefined;
  readonly url: string | undefined;
  readonly headers: http.IncomingHttpHeaders;
  readonly body: Buffer;
}

let seen: Seen | undefined;
const server = http.createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    seen = { method: request.method, url: request.url, headers: request.headers, body: Buffer.concat(chunks) };
    response.end();
  });
});
let origin = '';
beforeAll(async () => {
  const { promise, resolve } = Promise.withResolvers<void>();
  server.listen(0, '127.0.0.1', resolve);
  await promise;
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => void server.close());

async function paste(line: string): Promise<Seen> {
  seen = undefined;
  // A script, not `sh -c`: a long line is no argument where a person pastes it.
  const folder = mkdtempSync(path.join(tmpdir(), 'assay-curl-'));
  try {
    writeFileSync(path.join(folder, 'line.sh'), line);
    await promisify(execFile)('sh', [path.join(folder, 'line.sh')], { env: { ...process.env, ACME_KEY: 'secret value' } });
  } finally {
    rmSync(folder, { recursive: true });
  }
  if (seen === undefined) throw new Error(`Nothing was sent by: ${line}`);
  return seen;
}

function requestOf(method: string, target: string, headers: readonly NameValue[] = [], bytes?: Uint8Array): SentRequest {
  return { method, url: `${origin}${target}`, headers, ...(bytes === undefined ? {} : { body: bodyOf(bytes) }) };
}

test.each([
  ['GET', '/a?b=%20&c[]=1'],
  ['DELETE', '/a/../{b}'],
  ['HEAD', '/'],
  ['OPTIONS', '/?q=$HOME`id`'],
])('sends %s %s as it was', async (method, target) => {
  expect(await paste(curlLine(requestOf(method, target), { keyVariable: 'ACME_KEY' }))).toMatchObject({ method, url: target });
});

test('puts the key into an environment variable and keeps other headers', async () => {
  const headers: NameValue[] = [
    ['host', 'elsewhere'],
    ['Authorization', 'Bearer sk-planted'],
    ['X-Quote', `it's "$HOME"`],
    ['X-Empty', ''],
  ];
  const line = curlLine(requestOf('GET', '/', headers), { keyVariable: 'ACME_KEY' });
  expect(line).not.toContain('sk-planted');
  expect((await paste(line)).headers).toMatchObject({ authorization: 'Bearer secret value', 'x-quote': `it's "$HOME"`, 'x-empty': '' });
});

test('replaces a named key everywhere and leaves wrong credentials as they were', async () => {
  const headers: NameValue[] = [['Authorization', 'Bearer wrong']];
  const line = curlLine(requestOf('POST', '/?k=sk-planted', headers, Buffer.from("it's sk-planted")), {
    keyVariable: 'ACME_KEY',
    key: 'sk-planted',
  });
  expect(line).not.toContain('sk-planted');
  const came = await paste(line.replace('$ACME_KEY"', '$ACME_KEY2"').replace(/^/, 'ACME_KEY2=q; '));
  expect(came).toMatchObject({ url: '/?k=q', headers: { authorization: 'Bearer wrong' } });
  expect(came.body.toString()).toBe("it's secret value");
});

test('leaves words alone in which a key too short to be a secret stands', async () => {
  const headers: NameValue[] = [['Authorization', 'Bearer x']];
  const line = curlLine(requestOf('POST', '/?q=xx', headers, Buffer.from('{"max":1}')), { keyVariable: 'ACME_KEY', key: 'x' });
  expect(line).toContain('"Authorization: Bearer $ACME_KEY"');
  expect(await paste(line)).toMatchObject({
    url: '/?q=xx',
    body: Buffer.from('{"max":1}'),
    headers: { authorization: 'Bearer secret value' },
  });
});

test.each<[string, Uint8Array]>([
  ['JSON', Buffer.from(JSON.stringify({ a: `'"\\\n$x@` }))],
  ['text that looks like a file', Buffer.from('@/etc/passwd')],
  ['text with line ends', Buffer.from('a\r\nb\n\n')],
  ['bytes', Buffer.from([0, 255, 10, 13, 0x27])],
  ['NUL in text', Buffer.from('a\0b')],
  ['text longer than an argument may be', Buffer.from("é'".repeat(150_000))],
])('sends a body of %s byte for byte', async (_, bytes) => {
  const came = await paste(curlLine(requestOf('POST', '/', [['content-type', 'application/json']], bytes), { keyVariable: 'ACME_KEY' }));
  expect(came.body.equals(bytes)).toBe(true);
  expect(came.headers['content-type']).toBe('application/json');
});

test('adds no content-type of its own', async () => {
  const came = await paste(curlLine(requestOf('POST', '/', [], Buffer.from('{}')), { keyVariable: 'ACME_KEY' }));
  expect(came.headers['content-type']).toBeUndefined();
});

test.each<[string, readonly Part[]]>([
  [
    'text, JSON and a binary file',
    [
      { name: 'purpose', text: `x;y=@"'\\` },
      { name: 'meta', text: '{"a":"b\\""}', contentType: 'application/json' },
      { name: 'file', filename: 'a b;c.png', contentType: 'image/png', base64: Buffer.from([0, 1, 255, 13, 10]).toString('base64') },
      { name: 'empty', text: '' },
    ],
  ],
  ['a text file', [{ name: 'f[]', filename: 'x.jsonl', contentType: 'application/jsonl', text: '{"a":1}\n{"a":2}\n' }]],
  [
    'two binary files',
    [
      { name: 'a', filename: '1', base64: Buffer.from([0]).toString('base64') },
      { name: 'b', filename: '2', base64: Buffer.from([1, 0]).toString('base64') },
    ],
  ],
  ['a name in quotes', [{ name: 'a"b', text: '1' }]],
  ['a header of its own', [{ name: 'a', text: '1', headers: [['X-Part', 'y']] }]],
])('sends a multipart body of %s', async (_, parts) => {
  const { contentType, bytes } = serialiseBody({ mediaType: 'multipart/form-data', parts });
  const came = await paste(curlLine(requestOf('POST', '/', [['content-type', contentType]], bytes), { keyVariable: 'ACME_KEY' }));
  const received = parseMultipart(came.headers['content-type'] ?? '', came.body);
  const planned = parseMultipart(contentType, bytes);
  expect(contentOf(received)).toEqual(contentOf(planned));
  expect(contentOf(planned)).toHaveLength(parts.length);
});

function contentOf(parsed: ReturnType<typeof parseMultipart>) {
  if ('problem' in parsed) throw new Error(parsed.problem);
  return parsed.parts.map(({ name, filename, contentType, bytes }) => ({
    name,
    filename,
    contentType,
    text: Buffer.from(bytes).toString('latin1'),
  }));
}
