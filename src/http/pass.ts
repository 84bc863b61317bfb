import http from 'node:http';
import type https from 'node:https';
import net from 'node:net';
import type { StreamEnd } from '../model/index.ts';
import { pairsOf, pathBelow, toTarget, transferCodings, withoutHopByHop } from './forwarding.ts';
import type { PassingEvent } from './passing.ts';
import { transportErrorOf } from './transport-error.ts';

/** What is the same for everything that passes on one connection of a client. */
export interface Passage {
  readonly to: URL;
  readonly prefix: string;
  readonly agent: http.Agent;
  readonly send: typeof https.request;
  readonly maxHeaderSize: number;
  /** Bytes of an upload that are told; all of them pass. */
  readonly toldBytes: number;
  readonly tell: (event: PassingEvent) => void;
  /** Requests under way. */
  active: number;
  /** When the last answer ended: since then the connection to the target was idle. */
  idleSince: number;
}

/**
 * A target closes kept connections when it likes, and a request may be on its way then. Servers keep them for 2 seconds at least
 * (gunicorn; Node and uvicorn 5); who was asked a moment ago and hangs up now does so because of the request.
 */
const staleAfterMs = 1000;

/** Passes one request on, and its answer back, chunk by chunk; tells of each chunk after it was passed. */
export function pass(passage: Passage, id: string, incoming: http.IncomingMessage, outgoing: http.ServerResponse): void {
  const { to, tell } = passage;
  const started = performance.now();
  const now = (): number => performance.now() - started;
  const method = incoming.method ?? 'GET';
  const path = pathBelow(passage.prefix, incoming.url ?? '/');
  const headers = toTarget(pairsOf(incoming.rawHeaders), to.host);
  const idleMs = passage.active === 0 ? performance.now() - passage.idleSince : 0;
  let requestSize = 0;
  let told = false;
  let answered = false;
  let connected = false;
  passage.active++;
  tell({ type: 'request', id, method, url: `${to.origin}${path}`, headers, startedAt: Date.now() });

  function end(how: StreamEnd, error?: unknown): void {
    if (told) return;
    told = true;
    passage.active--;
    passage.idleSince = performance.now();
    const problem = error === undefined ? {} : { error: transportErrorOf(error, connected) };
    tell({ type: 'end', id, end: how, at: now(), requestSize, ...problem });
  }

  const upstream = passage.send({
    host: hostOf(to),
    port: portOf(to),
    ...(net.isIP(hostOf(to)) === 0 && { servername: to.hostname }),
    method,
    path,
    headers: [...headers, ...framingOf(incoming)].flat(),
    setHost: false,
    agent: passage.agent,
    maxHeaderSize: passage.maxHeaderSize,
  });
  upstream.maxHeadersCount = 0;

  /** The client sees an answer that is cut as one that is cut: all that came of it, and no end. */
  function cut(): void {
    const { socket } = outgoing;
    if (socket === null) outgoing.destroy();
    // Without a length and without chunks, an orderly end of the connection would be the end of the answer.
    else if (incoming.httpVersion === '1.0') socket.resetAndDestroy();
    else socket.destroySoon();
  }

  function fail(error: Error): void {
    // What breaks after the whole answer came is the upload that nobody reads any more.
    if (answered) return;
    // A kept connection that its owner has just closed: no answer, and nobody's fault. The client decides whether to ask again.
    const stale = upstream.reusedSocket && idleMs >= staleAfterMs && !outgoing.headersSent;
    if (stale) end('closed');
    else end('reset', error);
    if (outgoing.headersSent || stale) return cut();
    const text = `This is the proxy that checks what passes, not ${to.origin}: ${error.message || 'the connection failed'}\n`;
    outgoing.writeHead(502, 'Bad Gateway', { 'content-type': 'text/plain' }).end(text);
  }

  upstream.on('socket', (socket) => {
    connected = !socket.connecting;
    // A socket that is used again has no such event any more.
    if (socket.connecting) socket.once('secureConnecting' in socket ? 'secureConnect' : 'connect', () => (connected = true));
  });
  upstream.on('continue', () => outgoing.writeContinue());
  upstream.on('information', ({ statusCode, statusMessage, rawHeaders }) => {
    if (statusCode === 100 || incoming.httpVersion === '1.0' || outgoing.headersSent) return;
    const lines = pairsOf(rawHeaders).map(([name, value]) => `${name}: ${value}\r\n`);
    // Before its turn an answer has no socket: what only informs may be left out.
    outgoing.socket?.write(`HTTP/1.1 ${statusCode} ${statusMessage}\r\n${lines.join('')}\r\n`, 'latin1');
  });
  upstream.on('response', (response) => {
    const given = pairsOf(response.rawHeaders);
    try {
      outgoing.sendDate = false;
      const passed = [...withoutHopByHop(given), ...transferCodings(response.headers['transfer-encoding'])];
      outgoing.writeHead(response.statusCode ?? 0, response.statusMessage ?? '', passed.flat());
    } catch (thrown) {
      // What Node reads of a target and does not write itself, such as the status 099.
      upstream.destroy(thrown instanceof Error ? thrown : new Error(String(thrown)));
      return;
    }
    // A stream whose first event takes its time must not look like no answer.
    outgoing.flushHeaders();
    tell({ type: 'response', id, status: response.statusCode ?? 0, headers: given, at: now() });
    response.on('data', (chunk: Buffer) => {
      if (!outgoing.write(chunk)) {
        response.pause();
        outgoing.once('drain', () => response.resume());
      }
      tell({ type: 'response-bytes', id, bytes: chunk, at: now() });
    });
    response.on('end', () => {
      if (!response.complete) return;
      answered = true;
      if (response.rawTrailers.length > 0) outgoing.addTrailers(pairsOf(response.rawTrailers) as [string, string][]);
      outgoing.end();
      end('closed');
    });
    response.on('error', fail);
  });
  upstream.on('error', fail);
  // Of a request whose target is gone the rest is read and dropped, so that the client comes to read the answer.
  upstream.on('close', () => incoming.resume());
  incoming.on('data', (chunk: Buffer) => {
    const room = passage.toldBytes - requestSize;
    requestSize += chunk.length;
    if (upstream.destroyed) return;
    if (!upstream.write(chunk)) {
      incoming.pause();
      upstream.once('drain', () => incoming.resume());
    }
    if (room > 0) tell({ type: 'request-bytes', id, bytes: chunk.subarray(0, room) });
  });
  incoming.on('end', () => {
    if (incoming.rawTrailers.length > 0) upstream.addTrailers(pairsOf(incoming.rawTrailers) as [string, string][]);
    upstream.end();
  });
  outgoing.on('close', () => {
    if (outgoing.writableFinished) return;
    end('aborted-by-client');
    upstream.destroy();
  });
}

/** Without a length Node would send the body of a DELETE with no framing at all, and chunks for a POST that has none. */
function framingOf({ headers, method }: http.IncomingMessage): [string, string][] {
  const codings = headers['transfer-encoding'];
  if (codings !== undefined) return [['Transfer-Encoding', codings]];
  const bodiless = headers['content-length'] === undefined && !['GET', 'HEAD', 'DELETE', 'OPTIONS', 'TRACE'].includes(method ?? '');
  return bodiless ? [['Content-Length', '0']] : [];
}

/** The host of a URL as sockets take it: an IPv6 address without its brackets. */
export function hostOf({ hostname }: URL): string {
  return hostname.replace(/^\[(.*)\]$/, '$1');
}

export function portOf({ port, protocol }: URL): number {
  return Number(port) || (protocol === 'https:' ? 443 : 80);
}
