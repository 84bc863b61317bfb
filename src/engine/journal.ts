import { createReadStream, createWriteStream, existsSync, mkdirSync, rmSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { finished } from 'node:stream/promises';

import type { RunEvent } from '../model/index.ts';
import { UsageError } from './options.ts';

/** An append-only file of run events, one JSON line each, redacted by the caller. */
export interface Journal {
  readonly file: string;
  write(event: RunEvent): void;
  close(): Promise<void>;
}

/** Lines are gathered up to this many characters: a write for each would cost more than making them. */
const flushAt = 64 * 1024;

/** Opens `journal.ndjson` in the folder, making the folder. Never overwrites a journal without `force`. */
export function openJournal(folder: string, force: boolean): Journal {
  const file = path.join(folder, 'journal.ndjson');
  if (existsSync(file)) {
    if (!force) throw new UsageError(`${folder} already holds a journal. Choose another folder with --out, or say --force to replace it.`);
    rmSync(file);
  }
  mkdirSync(folder, { recursive: true });
  const stream = createWriteStream(file, { flags: 'wx' });
  const failure = finished(stream);
  // The rejection is awaited in close(); until then a failing disk must not end the process as an unhandled one.
  failure.catch(() => undefined);
  let pending = '';
  let timer: NodeJS.Immediate | undefined;
  const flush = (): void => {
    clearImmediate(timer);
    timer = undefined;
    if (pending !== '') stream.write(pending);
    pending = '';
  };
  return {
    file,
    write: (event) => {
      pending += `${JSON.stringify(event)}\n`;
      if (pending.length >= flushAt) flush();
      // A killed run loses at most what one turn of the event loop wrote.
      else timer ??= setImmediate(flush);
    },
    close: async () => {
      flush();
      stream.end();
      await failure;
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
    if (typeof parsed === 'object' && parsed !== null && 'type' in parsed && 'v' in parsed && parsed.v === 1) return parsed as RunEvent;
  } catch {
    // Falls through to the sentence below: the reason of JSON.parse adds nothing for a reader.
  }
  throw new UsageError(`${file} line ${line}: expected a run event of version 1, got ${JSON.stringify(text.slice(0, 80))}.`);
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
