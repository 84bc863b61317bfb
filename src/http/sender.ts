import { Pool } from 'undici';
import type { Dispatcher } from 'undici';
import type { Exchange, NameValue, StreamEvent } from '../model/index.ts';
import type { WireLimits, WireRequest } from '../wire/index.ts';
import { defaultLimits } from '../wire/index.ts';
import { createRecorder } from './recorder.ts';
import { createWatch } from './watch.ts';

/** How long a request may take. */
export interface Timeouts {
  /** The whole exchange, from the first byte of the request. */
  readonly totalMs: number;
  /** Without a byte of the response. */
  readonly idleMs: number;
  readonly connectMs: number;
}

const defaultTimeouts: Timeouts = { totalMs: 120_000, idleMs: 30_000, connectMs: 10_000 };

export interface SenderOptions {
  /** Origin of the target and, if it has one, the path before every template: `http://127.0.0.1:8080/v1`. */
  readonly baseUrl: string;
  /** Sent with every request that does not state them itself: credentials, `--header`. */
  readonly headers?: readonly NameValue[];
  readonly limits?: Partial<WireLimits>;
  readonly timeouts?: Partial<Timeouts>;
  /** Connections to the target at most. */
  readonly concurrency?: number;
}

/** What the judge of a stream wants after an event. */
export type AfterEvent = 'continue' | 'stop' | 'keep-around';

export interface SendOptions {
  readonly exchangeId: string;
  readonly caseId?: string;
  readonly operationId?: string;
  /**
   * Called for every event of an event stream as it comes. `keep-around` keeps the 50 events on either side of this one
   * in the record; `stop` closes the connection.
   */
  readonly onEvent?: (event: StreamEvent) => AfterEvent | undefined;
  /** Close the connection after so many events, as a client that has lost interest does. */
  readonly abortAfterEvents?: number;
  /** Leave out the sender's own headers of these names (`authorization` for a case without credentials). */
  readonly without?: readonly string[];
  readonly timeouts?: Partial<Timeouts>;
  readonly signal?: AbortSignal;
}

/** A request whose URL is whole; it must lie in the target's origin. */
type AbsoluteRequest = Omit<WireRequest, 'pathAndQuery'> & { readonly url: string };

/** Sends requests to one target and records what happened. Never rejects for what the target did. */
export interface Sender {
  readonly baseUrl: string;
  send(request: WireRequest | AbsoluteRequest, options: SendOptions): Promise<Exchange>;
  close(): Promise<void>;
}

/**
 * A sender on keep-alive connections to one origin. It follows no redirect, takes no proxy from the environment, speaks
 * HTTP/1.1, and refuses a request whose path would leave the origin.
 */
export function createSender(options: SenderOptions): Sender {
  const base = new URL(options.baseUrl);
  const limits: WireLimits = { ...defaultLimits, ...options.limits };
  const timeouts: Timeouts = { ...defaultTimeouts, ...options.timeouts };
  const prefix = base.pathname.replace(/\/+$/, '');
  const pool = new Pool(base.origin, {
    connections: options.concurrency ?? 16,
    pipelining: 1,
    allowH2: false,
    connectTimeout: timeouts.connectMs,
    // Shorter than any server's, so that a connection is not sent on while the server closes it.
    keepAliveTimeout: 1000,
    keepAliveMaxTimeout: 1000,
    headersTimeout: 0,
    bodyTimeout: 0,
    maxHeaderSize: limits.headerBytes,
    strictContentLength: true,
  });

  const watch = createWatch();

  return {
    baseUrl: `${base.origin}${prefix}`,
    send(request, sending) {
      const path = 'url' in request ? pathWithin(base.origin, request.url) : `${prefix}${request.pathAndQuery}`;
      if (!path.startsWith('/')) throw new Error(`A path begins with "/": ${path}`);
      const headers = withDefaults(request.headers, options.headers ?? [], sending.without ?? []);
      const { promise, resolve } = Promise.withResolvers<Exchange>();
      const recorder = createRecorder({
        request: {
          method: request.method,
          url: `${base.origin}${path}`,
          headers: onTheWire(request, headers, base.host),
          ...(request.body === undefined ? {} : { body: request.body }),
          ...(request.text === undefined ? {} : { text: request.text }),
        },
        limits,
        timeouts: sending.timeouts ? { ...timeouts, ...sending.timeouts } : timeouts,
        sending,
        watch,
        resolve,
      });
      pool.dispatch(
        {
          path,
          method: request.method as Dispatcher.HttpMethod,
          headers: headers.flat(),
          body: request.body ?? null,
        },
        recorder,
      );
      return promise;
    },
    async close() {
      watch.close();
      await pool.destroy();
    },
  };
}

/** Path and query as they are spelt: a URL object would resolve dots and escape characters. */
function pathWithin(origin: string, url: string): string {
  if (!url.startsWith(origin) || !/^[/?#]|^$/.test(url.slice(origin.length))) {
    throw new Error(`Requests go to ${origin} only, not to ${url}`);
  }
  const path = url.slice(origin.length).split('#')[0] ?? '';
  return path.startsWith('/') ? path : `/${path}`;
}

/** Written by undici itself; a wrong length or framing is never ours to send. */
const ofTheConnection = new Set(['content-length', 'transfer-encoding', 'host', 'connection', 'keep-alive', 'upgrade', 'expect']);

function withDefaults(stated: readonly NameValue[], own: readonly NameValue[], without: readonly string[]): NameValue[] {
  const kept = stated.filter(([name]) => !ofTheConnection.has(name.toLowerCase()));
  if (own.length === 0) return kept;
  const names = new Set([...stated.map(([name]) => name.toLowerCase()), ...without.map((name) => name.toLowerCase())]);
  return [...own.filter(([name]) => !names.has(name.toLowerCase())), ...kept];
}

const bodyMethods = new Set(['POST', 'PUT', 'PATCH']);

/** The header lines as undici writes them. */
function onTheWire(request: Pick<WireRequest, 'method' | 'body'>, headers: readonly NameValue[], host: string): NameValue[] {
  const { body } = request;
  const bodyExpected = bodyMethods.has(request.method);
  const length: NameValue[] = body !== undefined || bodyExpected ? [['content-length', String(body?.length ?? 0)]] : [];
  return [['host', host], ['connection', 'keep-alive'], ...headers, ...length];
}
