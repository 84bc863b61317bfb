import type { Transform } from 'node:stream';
import zlib from 'node:zlib';
import type { LimitName, WireLimits } from './limits.ts';
import { defaultLimits, LimitExceeded } from './limits.ts';

/** Unpacked bytes, or why there are none. */
export type Unpacked = { readonly bytes: Uint8Array } | { readonly problem: string; readonly limit?: LimitName };

type UnpackLimits = Pick<WireLimits, 'unpackedBytes' | 'unpackedRatio'>;

/** Small bodies may shrink by more than the ratio and hurt nobody. */
const ratioFrom = 1024 * 1024;

type Coding = 'gzip' | 'deflate' | 'br' | 'zstd';
const aliases: Readonly<Record<string, Coding>> = { gzip: 'gzip', 'x-gzip': 'gzip', deflate: 'deflate', br: 'br', zstd: 'zstd' };

/** The codings of a content-encoding header in the order they were applied, or the name that is not known. */
export function codingsOf(header: string | undefined): readonly Coding[] | { readonly unknown: string } {
  const names = (header ?? '')
    .split(',')
    .map((name) => name.trim().toLowerCase())
    .filter((name) => name !== '' && name !== 'identity');
  const unknown = names.find((name) => !Object.hasOwn(aliases, name));
  return unknown === undefined ? names.flatMap((name) => aliases[name] ?? []) : { unknown };
}

/** Undoes a content-encoding header on a whole body, within the limits. */
export function decodeContent(coding: string | undefined, bytes: Uint8Array, limits: UnpackLimits = defaultLimits): Unpacked {
  const codings = codingsOf(coding);
  if ('unknown' in codings) return { problem: `unknown content coding "${codings.unknown}"` };
  let current = bytes;
  for (const one of codings.toReversed()) {
    const ratio = Math.max(ratioFrom, current.length * limits.unpackedRatio);
    const limit: LimitName = ratio < limits.unpackedBytes ? 'unpackedRatio' : 'unpackedBytes';
    try {
      current = unpack(one, current, Math.min(limits.unpackedBytes, ratio));
    } catch (error) {
      if (codeOf(error) === 'ERR_BUFFER_TOO_LARGE') return { problem: `unpacks to more than the limit ${limit} allows`, limit };
      return { problem: `${one}: ${error instanceof Error ? error.message : String(error)}` };
    }
  }
  return { bytes: current };
}

function unpack(coding: Coding, bytes: Uint8Array, maxOutputLength: number): Uint8Array {
  if (coding === 'gzip') return zlib.gunzipSync(bytes, { maxOutputLength });
  if (coding === 'br') return zlib.brotliDecompressSync(bytes, { maxOutputLength });
  if (coding === 'zstd') return zlib.zstdDecompressSync(bytes, { maxOutputLength });
  return isZlib(bytes) ? zlib.inflateSync(bytes, { maxOutputLength }) : zlib.inflateRawSync(bytes, { maxOutputLength });
}

/** Where unpacked bytes go. `done` is called once, with the problem where there was one. */
export interface UnpackSink {
  readonly data: (bytes: Uint8Array) => void;
  readonly done: (problem?: { readonly message: string; readonly limit?: LimitName }) => void;
}

/** Undoes content codings of a body as it comes. */
export interface StreamUnpacker {
  /** False asks the caller to wait for `drained`. */
  write(bytes: Uint8Array): boolean;
  end(): void;
  destroy(): void;
}

/** Unpacks incrementally; what a chunk unpacks to is handed on before the next chunk is needed. */
export function createUnpacker(
  codings: readonly Coding[],
  sink: UnpackSink,
  drained: () => void,
  limits: UnpackLimits = defaultLimits,
): StreamUnpacker {
  let packed = 0;
  let unpacked = 0;
  let finished = false;
  const chain: Transform[] = [];

  function finish(problem?: { readonly message: string; readonly limit?: LimitName }): void {
    if (finished) return;
    finished = true;
    for (const transform of chain) transform.destroy();
    sink.done(problem);
  }

  function build(first: Uint8Array): void {
    for (const coding of codings.toReversed()) chain.push(transformFor(coding, first));
    for (const [index, transform] of chain.entries()) {
      const next = chain[index + 1];
      transform.on('error', (error) => finish({ message: error.message }));
      if (next !== undefined) transform.pipe(next);
    }
    chain.at(-1)?.on('data', (bytes: Uint8Array) => {
      if (finished) return;
      unpacked += bytes.length;
      const limit = passed(packed, unpacked, limits);
      if (limit !== undefined) finish({ message: new LimitExceeded(limit, limits[limit]).message, limit });
      else sink.data(bytes);
    });
    chain.at(-1)?.on('end', () => finish());
    chain[0]?.on('drain', drained);
  }

  return {
    write(bytes) {
      if (finished) return true;
      packed += bytes.length;
      if (chain.length === 0) build(bytes);
      return chain[0]?.write(bytes) ?? true;
    },
    end() {
      if (chain.length === 0) finish();
      else chain[0]?.end();
    },
    destroy() {
      finished = true;
      for (const transform of chain) transform.destroy();
    },
  };
}

function passed(packed: number, unpacked: number, limits: UnpackLimits): 'unpackedBytes' | 'unpackedRatio' | undefined {
  if (unpacked > limits.unpackedBytes) return 'unpackedBytes';
  return unpacked > ratioFrom && unpacked > packed * limits.unpackedRatio ? 'unpackedRatio' : undefined;
}

function transformFor(coding: Coding, first: Uint8Array): Transform {
  if (coding === 'gzip') return zlib.createGunzip();
  if (coding === 'br') return zlib.createBrotliDecompress();
  if (coding === 'zstd') return zlib.createZstdDecompress();
  return isZlib(first) ? zlib.createInflate() : zlib.createInflateRaw();
}

/** `deflate` means the zlib format (RFC 9110, 8.4.1.2), but some servers send raw deflate. */
function isZlib(bytes: Uint8Array): boolean {
  return bytes.length === 0 || ((bytes[0] ?? 0) & 0x0f) === 8;
}

function codeOf(error: unknown): unknown {
  return typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
}
