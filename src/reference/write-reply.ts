import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { setImmediate as nextTurn, setTimeout as delay } from 'node:timers/promises';
import type { ReferenceEvent, ReferenceReply } from '../model/index.ts';

/** How replies leave the server. */
export interface WriteOptions {
  /** `events`: one write for each event. `odd`: pieces that split events, lines and characters, each in a turn of its own. */
  readonly chunking: 'events' | 'odd';
  readonly realDelays: boolean;
  /** Sends everything but the body, as for HEAD. */
  readonly headOnly?: boolean;
  /** Breaks the connection after that many events or, without events, in the middle of the body. */
  readonly truncateAfter?: number;
  /** Keeps all events for so long, then sends them in one piece. */
  readonly holdBackMs?: number;
}

// Primes, so that the cuts fall on every place of an event sooner or later.
const oddSizes = [1, 7, 2, 31, 3, 13, 61, 5, 17];

/** The bytes and the media type of a reply that is no stream; `undefined` where it has no body. */
export function bodyBytesOf(reply: ReferenceReply): { readonly bytes: Uint8Array; readonly mediaType: string } | undefined {
  if (reply.bytes !== undefined) return { bytes: reply.bytes, mediaType: reply.mediaType ?? 'application/octet-stream' };
  if (reply.json === undefined) return undefined;
  return { bytes: Buffer.from(JSON.stringify(reply.json)), mediaType: reply.mediaType ?? 'application/json' };
}

/** One event as a block of field lines; a text of several lines takes several `data` lines. */
export function eventText(event: ReferenceEvent, lineEnd: '\n' | '\r\n' = '\n'): string {
  const data = typeof event.data === 'string' ? event.data : JSON.stringify(event.data);
  const lines = data.split('\n').map((line) => `data: ${line}${lineEnd}`);
  const name = event.event === undefined ? '' : `event: ${event.event}${lineEnd}`;
  return name + lines.join('') + lineEnd;
}

/** Writes the reply and ends the response; stops early when the client has gone. */
export async function writeReply(response: ServerResponse, reply: ReferenceReply, options: WriteOptions): Promise<void> {
  const fields = (reply.headers ?? []).map(([name, value]) => [name, value] as const);
  for (const [name, values] of Map.groupBy(fields, ([name]) => name)) {
    const all = values.map(([, value]) => value);
    response.setHeader(name, all.length === 1 ? (all[0] ?? '') : all);
  }
  response.statusCode = reply.status;
  if (reply.events !== undefined) return await writeEvents(response, reply, reply.events, options);
  const body = bodyBytesOf(reply);
  if (body !== undefined) {
    if (!response.hasHeader('content-type')) response.setHeader('content-type', body.mediaType);
    if (!response.hasHeader('transfer-encoding')) response.setHeader('content-length', body.bytes.byteLength);
  } else if (reply.status !== 204 && reply.status !== 304) response.setHeader('content-length', 0);
  if (options.truncateAfter !== undefined && body !== undefined) {
    response.write(body.bytes.subarray(0, Math.floor(body.bytes.byteLength / 2)), () => response.destroy());
    return;
  }
  response.end(options.headOnly ? undefined : body?.bytes);
}

async function writeEvents(
  response: ServerResponse,
  reply: ReferenceReply,
  events: Iterable<ReferenceEvent>,
  options: WriteOptions,
): Promise<void> {
  if (!response.hasHeader('content-type')) response.setHeader('content-type', reply.mediaType ?? 'text/event-stream; charset=utf-8');
  if (!response.hasHeader('cache-control')) response.setHeader('cache-control', 'no-cache');
  response.socket?.setNoDelay(true);
  if (options.headOnly) {
    response.end();
    return;
  }
  response.flushHeaders();
  if (options.holdBackMs !== undefined) {
    const text = [...events].map((event) => eventText(event, reply.lineEnd)).join('');
    await delay(options.holdBackMs);
    response.end(text);
    return;
  }
  let written = 0;
  for (const event of events) {
    if (response.destroyed) return;
    if (options.truncateAfter === written) {
      response.destroy();
      return;
    }
    if (options.realDelays && event.delayMs !== undefined && event.delayMs > 0) await delay(event.delayMs);
    await writePieces(response, Buffer.from(eventText(event, reply.lineEnd)), options.chunking);
    written += 1;
  }
  response.end();
}

async function writePieces(response: ServerResponse, bytes: Buffer, chunking: 'events' | 'odd'): Promise<void> {
  if (chunking === 'events') return await write(response, bytes);
  let turn = bytes.byteLength;
  for (let from = 0; from < bytes.byteLength;) {
    const size = oddSizes[turn % oddSizes.length] ?? 1;
    await write(response, bytes.subarray(from, from + size));
    await nextTurn();
    from += size;
    turn += 1;
  }
}

async function write(response: ServerResponse, bytes: Uint8Array): Promise<void> {
  if (response.destroyed || response.write(bytes)) return;
  // Whichever does not come takes its listeners with it: a long answer waits many times.
  const done = new AbortController();
  const { signal } = done;
  await Promise.race([once(response, 'drain', { signal }), once(response, 'close', { signal })]).finally(() => done.abort());
}
