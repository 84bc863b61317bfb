import http from 'node:http';
import https from 'node:https';
import net from 'node:net';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import tls from 'node:tls';
import type { Exchange, NameValue, SentRequest, StreamEvent, TransportError } from '../model/index.ts';
import type { WireLimits } from '../wire/index.ts';
import { bodyOf, defaultLimits } from '../wire/index.ts';
import type { AfterEvent } from './sender.ts';
import { createTape } from './tape.ts';
import { transportErrorOf } from './transport-error.ts';

export interface ProxyOptions {
  /** Where everything goes: origin and, if the target has one, the path before every path of the client. */
  readonly to: string;
  /** Address to listen on; loopback unless stated. */
  readonly listen?: string;
  readonly port?: number;
  readonly limits?: Partial<WireLimits>;
  /** Every exchange once it is over, credentials included. */
  readonly onExchange: (exchange: Exchange) => void;
  /** Every event of a stream after it was passed on, and the request as far as it was sent. `stop` means nothing here: the stream belongs to the client. */
  readonly onEvent?: (event: StreamEvent, exchangeId: string, request: () => SentRequest) => AfterEvent | undefined;
}

/** A proxy that passes on what it sees. */
export interface Proxy {
  readonly url: string;
  close(): Promise<void>;
}

/** Meant for one connection alone (RFC 9110, 7.6.1). */
const hopByHop = new Set(['connection', 'keep-alive', 'proxy-connection', 'te', 'trailer', 'transfer-encoding', 'upgrade']);

/**
 * Starts a pass-through proxy to one target: bodies and chunks as they come, headers as they are but for hop-by-hop ones and
 * Host. It reports exchanges and events after they were passed on. Upgrades are tunnelled and not reported.
 */
export async function createProxy(options: ProxyOptions): Promise<Proxy> {
  const to = new URL(options.to);
  const prefix = to.pathname.replace(/\/+$/, '');
  const limits: WireLimits = { ...defaultLimits, ...options.limits };
  const secure = to.protocol === 'https:';
  const agent = secure ? new https.Agent({ keepAlive: true }) : new http.Agent({ keepAlive: true });
  const sockets = new Set<Duplex>();
  let count = 0;

  function pass(incoming: http.IncomingMessage, outgoing: http.ServerResponse): void {
    count += 1;
    const id = String(count);
    const startedAt = Date.now();
    const started = performance.now();
    const now = () => performance.now() - started;
    const method = incoming.method ?? 'GET';
    const path = `${prefix}${incoming.url ?? '/'}`;
    const sentHeaders = forwarded(pairsOf(incoming.rawHeaders), to.host);
    // Node would send the body of a DELETE without any framing.
    const framing = incoming.headers['transfer-encoding'] === undefined ? [] : ['Transfer-Encoding', 'chunked'];
    const request = { method, url: `${to.origin}${path}`, headers: sentHeaders };
    const sentBody = createBodyKeeper(limits.bodyBytes);
    const sent = (): SentRequest => {
      const body = sentBody.body();
      return { ...request, ...(body === undefined ? {} : { body }) };
    };
    const tape = createTape({
      limits,
      now,
      // What ends our record never ends the client's stream.
      stop: (_end, problem) => {
        if (problem?.kind === 'content-coding') broken = problem;
      },
      drained: () => undefined,
      ...(options.onEvent === undefined ? {} : { onEvent: (event) => keepOnly(options.onEvent?.(event, id, sent)) }),
    });
    let firstByteMs: number | undefined;
    let reported = false;
    let broken: TransportError | undefined;
    let connected = false;

    function report(end: 'closed' | 'reset' | 'aborted-by-client', error?: unknown): void {
      if (reported) return;
      reported = true;
      const result = tape.result(end, error === undefined ? broken : transportErrorOf(error, connected));
      const timings = { startedAt, ...(firstByteMs === undefined ? {} : { firstByteMs }), endMs: now() };
      const exchange: Exchange = { id, request: sent(), ...result, timings };
      // The next chunks of other clients come first.
      setImmediate(() => options.onExchange(exchange));
    }

    const upstream = (secure ? https : http).request({
      host: to.hostname.replace(/^\[(.*)\]$/, '$1'),
      port: to.port || (secure ? 443 : 80),
      servername: to.hostname,
      method,
      path,
      headers: [...sentHeaders.flat(), ...framing],
      setHost: false,
      agent,
    });
    upstream.on('socket', (socket) => {
      connected = !socket.connecting;
      // A socket that is used again has no such event any more.
      if (socket.connecting) socket.once(secure ? 'secureConnect' : 'connect', () => (connected = true));
    });
    upstream.on('continue', () => outgoing.writeContinue());
    upstream.on('response', (response) => {
      firstByteMs = now();
      const headers = pairsOf(response.rawHeaders);
      outgoing.sendDate = false;
      outgoing.writeHead(response.statusCode ?? 502, response.statusMessage ?? '', withoutHopByHop(headers).flat());
      // A stream whose first event takes its time must not look like no answer.
      outgoing.flushHeaders();
      tape.head(response.statusCode ?? 502, headers);
      response.on('data', (chunk: Buffer) => {
        if (!outgoing.write(chunk)) {
          response.pause();
          outgoing.once('drain', () => response.resume());
        }
        tape.data(chunk);
      });
      response.on('end', () => {
        if (!response.complete) return;
        if (response.rawTrailers.length > 0) outgoing.addTrailers(pairsOf(response.rawTrailers) as [string, string][]);
        outgoing.end();
        tape.end(() => report('closed'));
      });
      response.on('error', (error) => {
        report('reset', error);
        outgoing.destroy();
      });
    });
    upstream.on('error', (error) => {
      report('reset', error);
      if (outgoing.headersSent) outgoing.destroy();
      else outgoing.writeHead(502, { 'content-type': 'text/plain' }).end(`The target ${to.origin} did not answer: ${error.message}\n`);
    });
    incoming.on('data', (chunk: Buffer) => {
      sentBody.take(chunk);
      if (upstream.write(chunk)) return;
      incoming.pause();
      upstream.once('drain', () => incoming.resume());
    });
    incoming.on('end', () => upstream.end());
    outgoing.on('close', () => {
      if (outgoing.writableFinished) return;
      report('aborted-by-client');
      upstream.destroy();
    });
  }

  const server = http.createServer({ keepAliveTimeout: 30_000, requestTimeout: 0, maxHeaderSize: limits.headerBytes }, pass);
  // As the client asked for it, it is the target that says "100 Continue".
  server.on('checkContinue', pass);
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  server.on('upgrade', (incoming: http.IncomingMessage, client: Duplex, head: Buffer) => {
    const port = Number(to.port || (secure ? 443 : 80));
    const target = secure ? tls.connect({ host: to.hostname, port, servername: to.hostname }) : net.connect(port, to.hostname);
    sockets.add(target);
    const headers = pairsOf(incoming.rawHeaders).map(([name, value]): NameValue => [name, /^host$/i.test(name) ? to.host : value]);
    const lines = [`${incoming.method} ${prefix}${incoming.url} HTTP/1.1`, ...headers.map(([name, value]) => `${name}: ${value}`)];
    target.write(`${lines.join('\r\n')}\r\n\r\n`, 'latin1');
    target.write(head);
    target.pipe(client).pipe(target);
    for (const [socket, other] of [
      [target, client],
      [client, target],
    ] as const) {
      socket.on('error', () => other.destroy());
      socket.on('close', () => {
        sockets.delete(socket);
        other.destroy();
      });
    }
  });
  const listening = Promise.withResolvers<void>();
  server.once('error', listening.reject);
  server.listen(options.port ?? 0, options.listen ?? '127.0.0.1', listening.resolve);
  await listening.promise;
  const { address, port, family } = server.address() as AddressInfo;

  return {
    url: `http://${family === 'IPv6' ? `[${address}]` : address}:${port}`,
    close() {
      const { promise, resolve } = Promise.withResolvers<void>();
      server.close(() => resolve());
      for (const socket of sockets) socket.destroy();
      agent.destroy();
      return promise;
    },
  };
}

function keepOnly(wish: AfterEvent | undefined): AfterEvent | undefined {
  return wish === 'stop' ? 'continue' : wish;
}

function createBodyKeeper(most: number) {
  const chunks: Buffer[] = [];
  let size = 0;
  return {
    take(chunk: Buffer): void {
      if (size < most) chunks.push(chunk.subarray(0, most - size));
      size += chunk.length;
    },
    body: () => (size === 0 ? undefined : { ...bodyOf(Buffer.concat(chunks), size > most), size }),
  };
}

function pairsOf(raw: readonly string[]): NameValue[] {
  return raw.flatMap((name, index) => (index % 2 === 0 ? [[name, raw[index + 1] ?? ''] as const] : []));
}

function withoutHopByHop(headers: readonly NameValue[]): NameValue[] {
  const named = headers
    .filter(([name]) => /^connection$/i.test(name))
    .flatMap(([, value]) => value.split(','))
    .map((name) => name.trim().toLowerCase());
  return headers.filter(([name]) => !hopByHop.has(name.toLowerCase()) && !named.includes(name.toLowerCase()));
}

/** The client's headers as the target gets them; `Host` keeps its place. */
function forwarded(headers: readonly NameValue[], host: string): NameValue[] {
  const kept = withoutHopByHop(headers);
  return kept.some(([name]) => /^host$/i.test(name))
    ? kept.map(([name, value]): NameValue => [name, /^host$/i.test(name) ? host : value])
    : [['Host', host], ...kept];
}
