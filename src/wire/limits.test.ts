import { gzipSync, brotliCompressSync, deflateRawSync, deflateSync, zstdCompressSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { codingsOf, createUnpacker, decodeContent } from './content-coding.ts';
import { defaultLimits, parseJson } from './limits.ts';

describe('the nesting of JSON', () => {
  const nested = (depth: number) => `${'['.repeat(depth)}${']'.repeat(depth)}`;
  test.each([
    ['as deep as the limit', nested(64), true],
    ['one deeper', nested(65), false],
    ['many brackets side by side', `[${Array.from({ length: 500 }, () => '{}').join(',')}]`, true],
    ['brackets inside of strings', JSON.stringify({ a: '[{'.repeat(500), 'b\\"[': '"[[[['.repeat(50) }), true],
    ['a string that never ends', `"${'['.repeat(200)}`, false],
  ])('%s', (_, text, accepted) => {
    expect('value' in parseJson(text)).toBe(accepted);
  });

  test('is refused by name before the parser sees it', () => {
    expect(parseJson('['.repeat(1_000_000))).toEqual({ problem: 'nested deeper than 64 (limit nesting)', limit: 'nesting' });
  });
});

const codings = [
  ['gzip', gzipSync],
  ['x-gzip', gzipSync],
  ['deflate', deflateSync],
  ['deflate', deflateRawSync],
  ['br', brotliCompressSync],
  ['zstd', zstdCompressSync],
] as const;

function unpackInPieces(
  coding: string,
  bytes: Uint8Array,
  size: number,
): Promise<{ text: string; problem: string | undefined; limit: string | undefined }> {
  const names = codingsOf(coding);
  if ('unknown' in names) throw new Error(names.unknown);
  const { promise, resolve } = Promise.withResolvers<{ text: string; problem: string | undefined; limit: string | undefined }>();
  const pieces: Uint8Array[] = [];
  let from = 0;
  const unpacker = createUnpacker(
    names,
    {
      data: (piece) => void pieces.push(piece),
      done: (problem) => resolve({ text: Buffer.concat(pieces).toString(), problem: problem?.message, limit: problem?.limit }),
    },
    write,
  );
  function write(): void {
    while (from < bytes.length) {
      const piece = bytes.subarray(from, from + size);
      from += size;
      if (!unpacker.write(piece)) return;
    }
    unpacker.end();
  }
  write();
  return promise;
}

describe.each(codings)('content coding %s', (coding, pack) => {
  const text = 'é'.repeat(5000);
  test('is undone at once and in pieces', async () => {
    expect(decodeContent(coding, pack(text))).toEqual({ bytes: Buffer.from(text) });
    expect(await unpackInPieces(coding, pack(text), 7)).toEqual({ text, problem: undefined, limit: undefined });
  });

  test('that grows beyond the ratio is stopped by name', async () => {
    const bomb = pack(Buffer.alloc(8 * 1024 * 1024));
    expect(decodeContent(coding, bomb)).toEqual({ problem: expect.any(String), limit: 'unpackedRatio' });
    expect(await unpackInPieces(coding, bomb, 100)).toMatchObject({ limit: 'unpackedRatio' });
  });

  test('that is cut or broken is a problem', async () => {
    const cut = pack(Buffer.from(Array.from({ length: 3000 }, (_, index) => index * 7919))).subarray(0, -20);
    expect(decodeContent(coding, cut)).toHaveProperty('problem');
    expect((await unpackInPieces(coding, cut, 50)).problem).toBeDefined();
  });
});

test('several codings are undone in reverse, unknown ones are named', () => {
  expect(decodeContent('gzip, br', brotliCompressSync(gzipSync('a')))).toEqual({ bytes: Buffer.from('a') });
  expect(decodeContent('identity', Buffer.from('a'))).toEqual({ bytes: Buffer.from('a') });
  expect(decodeContent('lzma', Buffer.from('a'))).toEqual({ problem: 'unknown content coding "lzma"' });
});

test('unpacking stops at the limit of bytes', () => {
  const limits = { ...defaultLimits, unpackedBytes: 1000 };
  expect(decodeContent('gzip', gzipSync(Buffer.alloc(1001)), limits)).toMatchObject({ limit: 'unpackedBytes' });
});
