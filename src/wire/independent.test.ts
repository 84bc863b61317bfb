import querystring from 'node:querystring';
import busboy from 'busboy';
import { parse as parseDisposition } from 'content-disposition';
import { parseCookie } from 'cookie';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { NameValue, Part } from '../model/index.ts';
import { parsePairs, serialiseForm } from './forms.ts';
import { parametersOf } from './media-type.ts';
import { cookieOf, queryOf } from './parameters.ts';
import type { ParsedMultipart } from './parse-multipart.ts';
import { parseMultipart } from './parse-multipart.ts';
import { cookiePairs } from './read-back.ts';
import { serialiseBody } from './request.ts';

const text = fc.string({ unit: 'binary', maxLength: 20 }).filter((value) => value.isWellFormed());
// node:querystring passes over a pair without name and value.
const pairs = fc.array(
  fc.tuple(
    text.filter((name) => name !== ''),
    text,
  ),
  { maxLength: 8 },
);

function grouped(all: readonly NameValue[]): Record<string, string[]> {
  return Object.fromEntries(
    Array.from(
      Map.groupBy(all, ([name]) => name),
      ([name, group]) => [name, group.map(([, value]) => value)],
    ),
  );
}

test('forms and queries: node:querystring and URLSearchParams read what we write, and we read the same', () => {
  fc.assert(
    fc.property(pairs, (written) => {
      for (const encoded of [serialiseForm(written), queryOf(undefined, written)]) {
        const theirs = querystring.parse(encoded, '&', '=', { maxKeys: 0 });
        const lists = Object.fromEntries(Object.entries(theirs).map(([name, value]) => [name, [value].flat()]));
        const ours = parsePairs(encoded);
        expect(ours).toEqual([...new URLSearchParams(encoded)]);
        expect(grouped(ours)).toEqual(lists);
      }
    }),
  );
});

test('any query string: URLSearchParams reads the same pairs', () => {
  const piece = fc.constantFrom('a', '=', '&', '+', '%20', '%', '%zz', '%C3%A9', '%C3', '[', ']', ';', '%26');
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 15 }), (pieces) => {
      const encoded = pieces.join('');
      expect(parsePairs(encoded)).toEqual([...new URLSearchParams(encoded)]);
    }),
    { numRuns: 1000 },
  );
});

test('cookies: the cookie package reads what we write, and we read the same', () => {
  const name = fc.stringMatching(/^[A-Za-z0-9_.-]{1,10}$/);
  fc.assert(
    fc.property(fc.uniqueArray(fc.tuple(name, text), { selector: ([one]) => one, maxLength: 6 }), (written) => {
      const header = cookieOf(written);
      expect({ ...parseCookie(header) }).toEqual(Object.fromEntries(written));
      expect(Object.fromEntries(cookiePairs(header))).toEqual(Object.fromEntries(written));
    }),
  );
});

const token = fc.stringMatching(/^[A-Za-z0-9_.-]{1,12}$/);
const filename = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 15 })
  .filter((value) => !/[\p{Cc}"%\\]/u.test(value) && value.trim() === value);

test('content-disposition: the content-disposition package reads the same parameters', () => {
  fc.assert(
    fc.property(token, fc.stringMatching(/^[ -~]{1,15}$/), (name, file) => {
      const header = `form-data; name="${name}"; filename="${file.replaceAll(/["\\]/g, String.raw`\$&`)}"`;
      const theirs = parseDisposition(header);
      expect(Object.fromEntries(parametersOf(header))).toEqual({ ...theirs.parameters });
      expect(theirs.parameters).toMatchObject({ name, filename: file });
    }),
  );
});

interface Received {
  readonly name: string;
  readonly filename: string | undefined;
  readonly content: string;
}

function readByBusboy(contentType: string, bytes: Uint8Array): Promise<Received[] | 'refused'> {
  const { promise, resolve } = Promise.withResolvers<Received[] | 'refused'>();
  const received: Received[] = [];
  try {
    const parser = busboy({
      headers: { 'content-type': contentType },
      preservePath: true,
      defParamCharset: 'utf8',
      limits: { fieldSize: 1e7, fieldNameSize: 1e4 },
    });
    parser.on('field', (name, value) =>
      received.push({ name, filename: undefined, content: Buffer.from(value, 'utf8').toString('latin1') }),
    );
    parser.on('file', (name, stream, info) => {
      const chunks: Buffer[] = [];
      const entry = { name, filename: info.filename, content: '' };
      received.push(entry);
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => (entry.content = Buffer.concat(chunks).toString('latin1')));
      stream.on('error', () => undefined);
    });
    parser.on('error', () => resolve('refused'));
    parser.on('close', () => resolve(received));
    parser.end(bytes);
  } catch {
    resolve('refused');
  }
  return promise;
}

function ours(parsed: ParsedMultipart): Received[] | 'refused' {
  if ('problem' in parsed) return 'refused';
  return parsed.parts.map(({ name, filename, bytes }) => ({ name, filename, content: Buffer.from(bytes).toString('latin1') }));
}

const part: fc.Arbitrary<Part> = fc.oneof(
  fc.record({ name: token, text }),
  fc.record({ name: token, filename, base64: fc.uint8Array({ maxLength: 60 }).map((bytes) => Buffer.from(bytes).toString('base64')) }),
  fc.record({ name: token, filename, contentType: fc.constantFrom('image/png', 'text/plain; charset=utf-8'), text }),
  // Content that looks like delimiters.
  fc.record({ name: token, text: fc.constantFrom('\r\n--', '--\r\n', '\r\n--assay', '--assay-0--\r\n', '\r\n\r\n', '\r', '') }),
);

test('multipart: busboy reads what we write, and we read the same', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(part, { minLength: 1, maxLength: 5 }), async (parts) => {
      const { contentType, bytes } = serialiseBody({ mediaType: 'multipart/form-data', parts });
      const read = ours(parseMultipart(contentType, bytes));
      expect(read).toEqual(
        parts.map((one) => ({
          name: one.name,
          filename: one.filename,
          content: (one.base64 === undefined ? Buffer.from(one.text ?? '', 'utf8') : Buffer.from(one.base64, 'base64')).toString('latin1'),
        })),
      );
      expect(await readByBusboy(contentType, bytes)).toEqual(read);
    }),
    { numRuns: 300 },
  );
});

test.each([
  ['no boundary', 'multipart/form-data', '--x\r\n\r\n'],
  ['a cut body', 'multipart/form-data; boundary=x', '--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n1'],
  ['no last delimiter', 'multipart/form-data; boundary=x', '--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n1\r\n--x\r\n'],
  ['another boundary', 'multipart/form-data; boundary=x', '--y\r\nContent-Disposition: form-data; name="a"\r\n\r\n1\r\n--y--\r\n'],
])('multipart with %s is refused, by busboy too', async (_, contentType, body) => {
  expect(ours(parseMultipart(contentType, Buffer.from(body)))).toBe('refused');
  expect(await readByBusboy(contentType, Buffer.from(body))).toBe('refused');
});

test('multipart: preamble, epilogue, padding after a delimiter and unquoted names are read', async () => {
  const body = 'pre\r\n--x \t\r\ncontent-disposition: form-data; name=a\r\n\r\n1\r\n--x--\r\nepilogue';
  const read = ours(parseMultipart('multipart/form-data; boundary="x"', Buffer.from(body)));
  expect(read).toEqual([{ name: 'a', filename: undefined, content: '1' }]);
});
