import { createReadStream } from 'node:fs';
import { lstat, open, readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { createGunzip } from 'node:zlib';

/** What the name of a file says of its contents; `unknown` is looked into. */
type RecordingFormat = 'lines' | 'har' | 'yaml' | 'json' | 'events' | 'unknown';

export interface RecordingFile {
  readonly path: string;
  readonly format: RecordingFormat;
  readonly packed: boolean;
}

const formats: ReadonlyMap<string, RecordingFormat> = new Map<string, RecordingFormat>([
  ['.jsonl', 'lines'],
  ['.ndjson', 'lines'],
  ['.har', 'har'],
  ['.yaml', 'yaml'],
  ['.yml', 'yaml'],
  ['.json', 'json'],
  ['.sse', 'events'],
]);

/**
 * The recordings at these paths in a stable order: a file as it was named, a directory with all below it whose names end
 * like a recording. Links inside a directory are not followed.
 */
export async function* findRecordings(
  paths: readonly string[],
): AsyncGenerator<RecordingFile | { readonly path: string; readonly problem: string }> {
  for (const one of paths) {
    let isDirectory: boolean;
    try {
      isDirectory = (await stat(one)).isDirectory();
    } catch (error) {
      yield { path: one, problem: error instanceof Error ? error.message : String(error) };
      continue;
    }
    if (isDirectory) yield* walk(one);
    else yield fileOf(one);
  }
}

async function* walk(folder: string): AsyncGenerator<RecordingFile | { readonly path: string; readonly problem: string }> {
  const names = (await readdir(folder)).toSorted();
  for (const name of names) {
    const full = path.join(folder, name);
    const found = await lstat(full);
    if (found.isDirectory()) yield* walk(full);
    else if (found.isFile() && fileOf(full).format !== 'unknown') yield fileOf(full);
  }
}

function fileOf(file: string): RecordingFile {
  const packed = /\.gz$/i.test(file);
  const extension = path.extname(packed ? file.slice(0, -3) : file).toLowerCase();
  return { path: file, format: formats.get(extension) ?? 'unknown', packed };
}

/** Large enough that a read costs little beside what is done with its bytes. */
const bytesPerRead = 256 * 1024;

/** The bytes of a file, unpacked as they are read. A chunk holds until the next one is asked for: its memory is used again. */
export async function* chunksOf(file: RecordingFile): AsyncGenerator<Buffer> {
  if (!file.packed) {
    yield* plainChunks(file.path);
    return;
  }
  const source = createReadStream(file.path);
  const gunzip = createGunzip();
  source.on('error', (error) => gunzip.destroy(error));
  try {
    yield* source.pipe(gunzip) as AsyncIterable<Buffer>;
  } finally {
    source.destroy();
    gunzip.destroy();
  }
}

async function* plainChunks(name: string): AsyncGenerator<Buffer> {
  const handle = await open(name);
  try {
    const buffer = Buffer.allocUnsafe(bytesPerRead);
    for (;;) {
      const { bytesRead } = await handle.read(buffer, 0, bytesPerRead);
      if (bytesRead === 0) return;
      yield buffer.subarray(0, bytesRead);
    }
  } finally {
    await handle.close();
  }
}

/** One line of a file, or the number of a line that was longer than the limit. */
export interface Line {
  readonly number: number;
  /** Absent where the line was too long. */
  readonly bytes?: Buffer;
}

/** The lines of a file without their ends, each of which holds until the next is asked for; memory holds one line, and none beyond the limit. */
export async function* linesOf(chunks: AsyncIterable<Buffer>, longest: number): AsyncGenerator<Line> {
  let rest: Buffer[] = [];
  let size = 0;
  let number = 1;
  for await (const chunk of chunks) {
    let from = 0;
    for (let end = chunk.indexOf(0x0a); end >= 0; end = chunk.indexOf(0x0a, from)) {
      const piece = chunk.subarray(from, end);
      size += piece.length;
      yield size > longest ? { number } : { number, bytes: withoutReturn(rest.length === 0 ? piece : Buffer.concat([...rest, piece])) };
      rest = [];
      size = 0;
      number += 1;
      from = end + 1;
    }
    const piece = chunk.subarray(from);
    size += piece.length;
    if (size > longest) rest = [];
    else if (piece.length > 0) rest.push(Buffer.from(piece));
  }
  if (size > 0) yield size > longest ? { number } : { number, bytes: withoutReturn(Buffer.concat(rest)) };
}

function withoutReturn(line: Buffer): Buffer {
  return line.at(-1) === 0x0d ? line.subarray(0, -1) : line;
}
