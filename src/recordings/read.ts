import { isUtf8 } from 'node:buffer';
import type { StreamEvent } from '../model/index.ts';
import { createSseDecoder, defaultLimits, parseJson } from '../wire/index.ts';
import type { RecordingFile } from './files.ts';
import { chunksOf, findRecordings, linesOf } from './files.ts';
import type { JsonElement } from './json-elements.ts';
import { createJsonSplitter } from './json-elements.ts';
import { readValue } from './line.ts';
import type { Recorded, RecordedTranscript, UnreadableRecording } from './recorded.ts';
import { createYamlSplitter } from './yaml-items.ts';
import { parseYaml } from './yaml.ts';

export interface ReadOptions {
  /** Bytes of one exchange at most. */
  readonly exchangeBytes?: number;
}

/** Recorders put members of their own around a body; the body itself is a text and is limited when it is parsed. */
const recordNesting = { nesting: 200 };
/** Cassettes up to this size are parsed whole, which resolves aliases from one interaction to another. */
const wholeYaml = 8 * 1024 * 1024;

/**
 * Reads recordings one exchange at a time: HAR 1.2, VCR cassettes, newline-delimited exchanges and journals, raw event
 * streams, each plain or gzipped. What cannot be read is named and passed over.
 */
export async function* readRecordings(paths: readonly string[], options: ReadOptions = {}): AsyncGenerator<Recorded> {
  const longest = options.exchangeBytes ?? defaultLimits.bodyBytes;
  for await (const file of findRecordings(paths)) {
    if ('problem' in file) {
      yield { kind: 'unreadable', source: file.path, place: 'file', problem: file.problem };
      continue;
    }
    try {
      yield* readFile(file, longest);
    } catch (error) {
      // A file that cannot be opened, or whose packing is broken: what came before it was read.
      yield { kind: 'unreadable', source: file.path, place: 'file', problem: error instanceof Error ? error.message : String(error) };
    }
  }
}

async function* readFile(file: RecordingFile, longest: number): AsyncGenerator<Recorded> {
  const chunks = chunksOf(file);
  const first = await chunks.next();
  const start = first.done === true ? Buffer.alloc(0) : first.value;
  const whole = prepend(start, chunks);
  const format = file.format === 'unknown' || file.format === 'json' ? sniff(start) : file.format;
  if (format === 'lines') yield* readLines(file.path, whole, longest);
  else if (format === 'yaml') yield* readYaml(file.path, whole, longest);
  else if (format === 'events') yield readEvents(file.path, whole);
  else yield* readDocument(file.path, whole, longest);
}

async function* prepend(first: Buffer, rest: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  yield first;
  yield* rest;
}

/** A JSON document of several lines, JSON lines, an event stream, else YAML. */
function sniff(start: Buffer): 'lines' | 'document' | 'yaml' | 'events' {
  const text = start
    .toString('utf8')
    .replace(/^\uFEFF/, '')
    .trimStart();
  if (/^(data|event|id|retry)?:/.test(text)) return 'events';
  if (!/^[[{]/.test(text)) return 'yaml';
  const end = text.indexOf('\n');
  const line = end < 0 ? text : text.slice(0, end);
  const splitter = createJsonSplitter(Number.MAX_SAFE_INTEGER);
  splitter.push(line);
  // A line that is a whole object and no HAR or cassette is one of many.
  return splitter.hasList || (end >= 0 && splitter.end().length > 0) || text.startsWith('[') ? 'document' : 'lines';
}

async function* readLines(source: string, chunks: AsyncIterable<Buffer>, longest: number): AsyncGenerator<Recorded> {
  for await (const { number, bytes } of linesOf(chunks, longest)) {
    const place = `line ${number}`;
    if (bytes === undefined) yield unreadable(source, place, `longer than ${longest} bytes`);
    else if (bytes.length > 0) yield* readText(source, place, textOf(bytes));
  }
}

async function* readDocument(source: string, chunks: AsyncIterable<Buffer>, longest: number): AsyncGenerator<Recorded> {
  const splitter = createJsonSplitter(longest);
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let entry = 0;
  function* take(elements: readonly JsonElement[]): Generator<Recorded> {
    for (const element of elements) {
      entry += 1;
      const place = `entry ${entry}`;
      if ('problem' in element) yield unreadable(source, place, element.problem);
      else yield* readText(source, place, element.text);
    }
  }
  for await (const chunk of chunks) yield* take(splitter.push(decoder.decode(chunk, { stream: true })));
  yield* take(splitter.end());
  if (!splitter.hasList) yield unreadable(source, 'file', 'holds no list of exchanges (log.entries, interactions)');
}

async function* readYaml(source: string, chunks: AsyncIterable<Buffer>, longest: number): AsyncGenerator<Recorded> {
  const splitter = createYamlSplitter(longest);
  const lines: string[] = [];
  let size = 0;
  let entry = 0;
  let spilled = false;
  function* item(text: string): Generator<Recorded> {
    entry += 1;
    const parsed = parseYaml(text);
    if ('problem' in parsed) yield unreadable(source, `entry ${entry}`, parsed.problem);
    else yield* readItem(source, `entry ${entry}`, Array.isArray(parsed.value) ? parsed.value[0] : parsed.value);
  }
  function* split(texts: readonly string[]): Generator<Recorded> {
    for (const text of texts) {
      for (const found of splitter.push(text)) {
        if ('problem' in found) yield unreadable(source, `entry ${(entry += 1)}`, found.problem);
        else yield* item(found.text);
      }
    }
  }
  for await (const { bytes, number } of linesOf(chunks, longest)) {
    const text = bytes === undefined ? undefined : textOf(bytes);
    if (text === undefined) {
      yield unreadable(source, `line ${number}`, bytes === undefined ? `longer than ${longest} bytes` : 'is not valid UTF-8');
      continue;
    }
    if (spilled) {
      yield* split([text]);
      continue;
    }
    lines.push(text);
    size += text.length;
    if (size <= wholeYaml) continue;
    spilled = true;
    yield* split(lines.splice(0));
  }
  if (spilled) {
    for (const found of splitter.end()) if ('text' in found) yield* item(found.text);
    return;
  }
  yield* readWholeYaml(source, lines.join('\n'));
}

function* readWholeYaml(source: string, text: string): Generator<Recorded> {
  const parsed = parseYaml(text);
  if ('value' in parsed) {
    const list = interactionsOf(parsed.value);
    if (list === undefined) yield unreadable(source, 'file', 'holds no list of interactions');
    for (const [index, interaction] of (list ?? []).entries()) yield* readItem(source, `entry ${index + 1}`, interaction);
    return;
  }
  // Broken somewhere: what can be read of the rest is.
  const splitter = createYamlSplitter(Number.MAX_SAFE_INTEGER);
  const items = [...text.split('\n').flatMap((line) => splitter.push(line)), ...splitter.end()];
  if (items.length === 0) yield unreadable(source, 'file', parsed.problem);
  for (const [index, found] of items.entries()) {
    const place = `entry ${index + 1}`;
    const one = 'text' in found ? parseYaml(found.text) : found;
    if ('problem' in one) yield unreadable(source, place, one.problem);
    else yield* readItem(source, place, Array.isArray(one.value) ? one.value[0] : one.value);
  }
}

function interactionsOf(value: unknown): readonly unknown[] | undefined {
  if (Array.isArray(value)) return value;
  if (typeof value !== 'object' || value === null) return undefined;
  for (const name of ['interactions', 'http_interactions', 'log']) {
    const found = Object.hasOwn(value, name) ? (value as Record<string, unknown>)[name] : undefined;
    if (Array.isArray(found)) return found;
    if (name === 'log' && typeof found === 'object' && found !== null) return (found as { entries?: unknown[] }).entries;
  }
  return undefined;
}

function readEvents(source: string, chunks: AsyncIterable<Buffer>): Recorded {
  const decoder = createSseDecoder();
  async function* events(): AsyncGenerator<readonly StreamEvent[]> {
    for await (const chunk of chunks) {
      yield decoder.push(chunk, 0);
      if (decoder.exceeded !== undefined) return;
    }
    yield decoder.end(0);
  }
  const rest = (): ReturnType<RecordedTranscript['rest']> => ({
    comments: decoder.pending,
    ...(decoder.exceeded && { problem: `an event passes the limit ${decoder.exceeded}` }),
  });
  return { kind: 'transcript', source, events: events(), rest };
}

function* readText(source: string, place: string, text: string | undefined): Generator<Recorded> {
  if (text === undefined) {
    yield unreadable(source, place, 'is not valid UTF-8');
    return;
  }
  if (text.trim() === '') return;
  const parsed = parseJson(text, recordNesting);
  if ('problem' in parsed) yield unreadable(source, place, `is no JSON: ${parsed.problem}`);
  else yield* readItem(source, place, parsed.value);
}

function* readItem(source: string, place: string, value: unknown): Generator<Recorded> {
  // A whole document on one line.
  const list = Array.isArray(value) ? undefined : interactionsOf(value);
  if (list !== undefined) {
    for (const [index, one] of list.entries()) yield* readItem(source, `entry ${index + 1}`, one);
    return;
  }
  const found = readValue(value, source, place);
  if (found !== undefined) yield found;
}

function textOf(bytes: Buffer): string | undefined {
  return isUtf8(bytes) ? bytes.toString('utf8').replace(/^\uFEFF/, '') : undefined;
}

function unreadable(source: string, place: string, problem: string): UnreadableRecording {
  return { kind: 'unreadable', source, place, problem };
}
