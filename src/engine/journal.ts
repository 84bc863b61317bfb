import { closeSync, createReadStream, existsSync, mkdirSync, openSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';

import type { RunEvent } from '../model/index.ts';
import { UsageError } from './options.ts';

/** An append-only file of run events, one JSON line each, redacted and serialised by the caller. */
export interface Journal {
  readonly file: string;
  write(line: string): void;
  /** Throws if a line could not be written. */
  close(): Promise<void>;
}

/** What version 1 said otherwise (each pass an outcome of its own) is still a form that every reader of events knows. */
const readable = new Set<unknown>([1, 2]);

/** Lines are gathered in a block of bytes: a write for each would cost more than making them. */
const blockBytes = 256 * 1024;
/** Bytes of UTF-8 for one UTF-16 unit at most. */
const bytesPerUnit = 3;
/** A run that is killed loses at most what it wrote in so many ms; one that ends itself loses nothing. */
const flushAfterMs = 50;

/** Opens `journal.ndjson` in the folder, making the folder. Never overwrites a journal without `force`. */
export function openJournal(folder: string, force: boolean): Journal {
  const file = path.join(folder, 'journal.ndjson');
  if (existsSync(file)) {
    if (!force) throw new UsageError(`${folder} already holds a journal. Choose another folder with --out, or say --force to replace it.`);
    rmSync(file);
  }
  mkdirSync(folder, { recursive: true });
  const handle = openSync(file, 'wx');
  const block = Buffer.allocUnsafe(blockBytes);
  let filled = 0;
  let failure: unknown;
  let timer: NodeJS.Timeout | undefined;
  // Written at once: handing lines to another thread costs more than copying them to the system's cache.
  const flush = (): void => {
    clearTimeout(timer);
    timer = undefined;
    const bytes = block.subarray(0, filled);
    filled = 0;
    put(bytes);
  };
  const put = (bytes: Uint8Array): void => {
    try {
      if (bytes.length > 0 && failure === undefined) writeFileSync(handle, bytes);
    } catch (thrown) {
      // Told in close(): a full disk must not end the run before its clean-up.
      failure = thrown;
    }
  };
  process.once('exit', flush);
  return {
    file,
    write: (line) => {
      const most = bytesPerUnit * line.length + 1;
      if (most > blockBytes - filled) flush();
      if (most > blockBytes) return put(Buffer.from(`${line}\n`));
      filled += block.write(line, filled);
      filled += block.write('\n', filled);
      timer ??= setTimeout(flush, flushAfterMs);
    },
    close: async () => {
      flush();
      process.off('exit', flush);
      closeSync(handle);
      if (failure !== undefined) throw failure;
    },
  };
}

/** Reads a journal's events in order. A last line that was cut off (a run that was killed) is left out; any other broken line is an error. */
export async function* readJournal(folder: string): AsyncIterable<RunEvent> {
  const file = path.join(folder, 'journal.ndjson');
  if (!existsSync(file)) throw new UsageError(`${folder} holds no journal.ndjson: it is no run folder. \`latest\` names the last run.`);
  let pending: string | undefined;
  let line = 0;
  for await (const text of createInterface({ input: createReadStream(file), crlfDelay: Infinity })) {
    if (pending !== undefined) yield parseLine(pending, file, line);
    pending = text;
    line++;
  }
  if (pending === undefined || pending === '') return;
  try {
    yield parseLine(pending, file, line);
  } catch (thrown) {
    if (!(thrown instanceof UsageError)) throw thrown;
  }
}

function parseLine(text: string, file: string, line: number): RunEvent {
  try {
    const parsed: unknown = JSON.parse(text);
    if (typeof parsed === 'object' && parsed !== null && 'type' in parsed && 'v' in parsed && readable.has(parsed.v))
      return parsed as RunEvent;
  } catch {
    // Falls through to the sentence below: the reason of JSON.parse adds nothing for a reader.
  }
  throw new UsageError(`${file} line ${line}: expected a run event of version 1 or 2, got ${JSON.stringify(text.slice(0, 80))}.`);
}

/** Points `latest` beside the run folder at it; where links are not allowed, leaves it. */
export function linkLatest(folder: string): void {
  const link = path.join(path.dirname(folder), 'latest');
  try {
    rmSync(link, { force: true });
    symlinkSync(path.basename(folder), link);
  } catch {
    // Windows without developer mode refuses links; the folder's name was printed all the same.
  }
}
