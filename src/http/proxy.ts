import http from 'node:http';
import https from 'node:https';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { defaultLimits } from '../wire/index.ts';
import type { Passage } from './pass.ts';
import { pass } from './pass.ts';
import type { PassingEvent } from './passing.ts';
import { tunnel } from './tunnel.ts';

export interface ProxyOptions {
  /** Where everything goes: origin and, if the target has one, the path before every path of the client. */
  readonly to: string;
  /** Address to listen on; loopback unless stated. */
  readonly listen?: string;
  readonly port?: number;
  /** Bytes of an upload that are told of. */
  readonly toldBytes?: number;
  /** Told after it was passed on; must be quick, for it is called between the chunks of all clients. */
  readonly tell: (event: PassingEvent) => void;
}

/** A proxy that passes on what it sees. */
export interface Proxy {
  readonly url: string;
  /** Upgraded connections so far: tunnelled, and not told of. */
  readonly tunnelled: number;
  close(): Promise<void>;
}

/** A server may take larger heads than we record: what is between two others has to be the more patient. */
const maxHeaderSize = 256 * 1024;

/**
 * Starts a pass-through proxy to one target: bodies and chunks as they come, headers as they are but for hop-by-hop ones and
 * Host. It reads nothing of what passes. Each connection of a client has one of its own to the target, kept alive as long.
 */
export async function createProxy(options: ProxyOptions): Promise<Proxy> {
  const to = new URL(options.to);
  const prefix = to.pathname.replace(/\/+$/, '');
  const secure = to.protocol === 'https:';
  const sockets = new Set<Duplex>();
  const passages = new WeakMap<Duplex, Passage>();
  let count = 0;
  let tunnelled = 0;

  function passageOf(client: Duplex): Passage {
    const known = passages.get(client);
    if (known !== undefined) return known;
    const kept = { keepAlive: true, maxSockets: 1 };
    const agent = secure ? new https.Agent(kept) : new http.Agent(kept);
    const { tell, toldBytes = defaultLimits.bodyBytes } = options;
    const send = secure ? https.request : http.request;
    const passage = { to, prefix, agent, send, maxHeaderSize, toldBytes, tell, active: 0, idleSince: 0 };
    passages.set(client, passage);
    client.once('close', () => agent.destroy());
    return passage;
  }

  const onRequest: http.RequestListener = (incoming, outgoing) => {
    count += 1;
    pass(passageOf(incoming.socket), String(count), incoming, outgoing);
  };
  const server = http.createServer(
    {
      keepAliveTimeout: 30_000,
      requestTimeout: 0,
      maxHeaderSize,
      requireHostHeader: false,
      // Some clients offer HTTP/2 with every request; they take an answer in HTTP/1.1, and that can be judged.
      shouldUpgradeCallback: ({ headers }) => !/^\s*h2c\b/i.test(headers.upgrade ?? ''),
    } as http.ServerOptions,
    onRequest,
  );
  server.maxHeadersCount = 0;
  // As the client asked for it, it is the target that says "100 Continue", or knows of other expectations.
  server.on('checkContinue', onRequest);
  server.on('checkExpectation', onRequest);
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  server.on('upgrade', (incoming: http.IncomingMessage, client: Duplex, head: Buffer) => {
    tunnelled += 1;
    const target = tunnel(to, prefix, incoming, client, head);
    sockets.add(target);
    target.on('close', () => sockets.delete(target));
  });
  server.on('clientError', (error, client) => refuse(error, client, (passages.get(client)?.active ?? 0) > 0));
  const listening = Promise.withResolvers<void>();
  server.once('error', listening.reject);
  server.listen(options.port ?? 0, options.listen ?? '127.0.0.1', listening.resolve);
  await listening.promise;
  const { address, port, family } = server.address() as AddressInfo;

  return {
    url: `http://${family === 'IPv6' ? `[${address}]` : address}:${port}`,
    get tunnelled() {
      return tunnelled;
    },
    close() {
      const { promise, resolve } = Promise.withResolvers<void>();
      server.close(() => resolve());
      for (const socket of sockets) socket.destroy();
      return promise;
    },
  };
}

/** What is no HTTP, or could be read in two ways, goes no further. */
function refuse(error: NodeJS.ErrnoException, client: Duplex, amid: boolean): void {
  if (amid || error.code === 'ECONNRESET' || !client.writable) return void client.destroy();
  const status = error.code === 'HPE_HEADER_OVERFLOW' ? '431 Request Header Fields Too Large' : '400 Bad Request';
  const text = `This is the proxy that checks what passes: the request cannot be passed on (${error.code ?? error.message}).\n`;
  client.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Type: text/plain\r\nContent-Length: ${text.length}\r\n\r\n${text}`);
}
