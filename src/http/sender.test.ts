import http from 'node:http';
import net from 'node:net';
import type { AddressInfo } from 'node:net';
import zlib from 'node:zlib';
import { afterEach, describe, expect, test } from 'vitest';
import type { Exchange, TransportError } from '../model/index.ts';
import type { WireRequest } from '../wire/index.ts';
import type { SenderOptions, SendOptions } from './index.ts';
import { createSender } from './index.ts';

const closers: (() => void | Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

async function listen(server: net.Server): Promise<string> {
  const { promise, resolve } = Promise.withResolvers<void>();
  server.listen(0, '127.0.0.1', resolve);
  await promise;
  closers.push(() => {
    if (server instanceof http.Server) server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** A server that answers the first bytes of every connection with these. */
function raw(answer: (socket: net.Socket, request: string) => void): Promise<string> {
  const sockets = new Set<net.Socket>();
  closers.push(() => {
    for (const socket of sockets) socket.destroy();
  });
  return listen(
    net.createServer((socket) => {
      sockets.add(socket);
      socket.on('error', () => socket.destroy());
      socket.once('data', (bytes) => answer(socket, bytes.toString('latin1')));
    }),
  );
}

const get: WireRequest = { method: 'GET', pathAndQuery: '/a?b=1', headers: [] };

async function send(
  baseUrl: string,
  request = get,
  sending: Partial<SendOptions> = {},
  options: Partial<SenderOptions> = {},
): Promise<Exchange> {
  const sender = createSender({ baseUrl, ...options });
  closers.push(() => sender.close());
  return sender.send(request, { exchangeId: 'x', ...sending });
}

describe('a whole exchange', () => {
  test('is recorded as on the wire', async () => {
    let seen = '';
    const url = await raw((socket, request) => {
      seen = request;
      socket.end('HTTP/1.1 201 Made\r\nX-One: 1\r\nx-one: 2\r\nContent-Length: 2\r\n\r\nhi');
    });
    const exchange = await send(
      `${url}/v1`,
      { method: 'POST', pathAndQuery: '/a?b=%20', headers: [['Content-Type', 'text/plain']], body: Buffer.from('é') },
      { caseId: 'c', operationId: 'o' },
      { headers: [['authorization', 'Bearer k']] },
    );
    expect(exchange).toMatchObject({
      id: 'x',
      caseId: 'c',
      operationId: 'o',
      request: { method: 'POST', url: `${url}/v1/a?b=%20`, body: { size: 2, text: 'é' } },
      response: {
        status: 201,
        headers: [
          ['X-One', '1'],
          ['x-one', '2'],
          ['Content-Length', '2'],
        ],
        body: { size: 2, text: 'hi' },
      },
    });
    expect(exchange.error).toBeUndefined();
    const lines = seen.split('\r\n\r\n')[0]?.split('\r\n') ?? [];
    expect(lines[0]).toBe('POST /v1/a?b=%20 HTTP/1.1');
    expect(lines.slice(1)).toEqual(exchange.request.headers.map(([name, value]) => `${name}: ${value}`));
  });

  test('leaves the sender’s credentials out when asked', async () => {
    const url = await raw((socket, request) => socket.end(`HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n${/authorization/i.test(request)}`));
    const options = { headers: [['Authorization', 'Bearer k']] } as const;
    expect((await send(url, get, { without: ['authorization'] }, options)).response?.body.text).toBe('false');
    expect((await send(url, get, {}, options)).response?.body.text).toBe('true');
  });

  test('does not follow a redirect', async () => {
    const url = await raw((socket) => socket.end('HTTP/1.1 302 Found\r\nLocation: http://192.0.2.1/\r\nContent-Length: 0\r\n\r\n'));
    expect((await send(url)).response?.status).toBe(302);
  });

  test.each([
    ['gzip', zlib.gzipSync('text')],
    ['deflate', zlib.deflateSync('text')],
    ['deflate', zlib.deflateRawSync('text')],
    ['br', zlib.brotliCompressSync('text')],
    ['zstd', zlib.zstdCompressSync('text')],
  ])('undoes the content coding %s', async (coding, bytes) => {
    const url = await listen(http.createServer((_, response) => response.setHeader('content-encoding', coding).end(bytes)));
    expect((await send(url)).response).toMatchObject({ body: { text: 'text', size: 4 }, encodedSize: bytes.length });
  });
});

describe('a broken exchange', () => {
  const head = 'HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n';
  test.each<[string, (socket: net.Socket) => void, Partial<TransportError>]>([
    ['a reset before the answer', (socket) => socket.resetAndDestroy(), { kind: 'reset', sent: true }],
    ['a close before the answer', (socket) => socket.end(), { kind: 'closed', sent: true }],
    ['half an answer', (socket) => socket.end(`${head}12345`), { kind: 'closed', sent: true }],
    ['a malformed status line', (socket) => socket.end('HTP/1.1 200 OK\r\n\r\n'), { kind: 'malformed-http', sent: true }],
    [
      'both content-length and transfer-encoding',
      (socket) => socket.end('HTTP/1.1 200 OK\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhi\r\n0\r\n\r\n'),
      { kind: 'malformed-http', sent: true },
    ],
    ['a hang', () => undefined, { kind: 'idle-timeout', sent: true, limit: 'idleMs' }],
    ['a hang in the body', (socket) => void socket.write(`${head}123`), { kind: 'idle-timeout', sent: true, limit: 'idleMs' }],
    [
      'too many headers',
      (socket) => socket.end(`HTTP/1.1 200 OK\r\n${'a: b\r\n'.repeat(300)}\r\n`),
      { kind: 'limit', sent: true, limit: 'headerCount' },
    ],
    [
      'too long headers',
      (socket) => socket.end(`HTTP/1.1 200 OK\r\n${`a: ${'b'.repeat(1000)}\r\n`.repeat(100)}\r\n`),
      { kind: 'limit', sent: true, limit: 'headerBytes' },
    ],
    [
      'a broken content coding',
      (socket) => socket.end('HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 4\r\n\r\nabcd'),
      { kind: 'content-coding', sent: true },
    ],
  ])('%s', async (_, answer, expected) => {
    const exchange = await send(await raw(answer), get, { timeouts: { idleMs: 200 } });
    expect(exchange.error).toMatchObject(expected);
  });

  test('a refused connection was not sent', async () => {
    const server = net.createServer();
    const url = await listen(server);
    server.close();
    expect((await send(url)).error).toMatchObject({ kind: 'refused', sent: false });
  });

  test('an unknown host was not sent', async () => {
    expect((await send('http://assay.invalid')).error).toMatchObject({ kind: 'dns', sent: false });
  });

  test('TLS with a server that speaks none was not sent', async () => {
    const url = await raw((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'));
    expect((await send(url.replace('http:', 'https:'))).error).toMatchObject({ kind: 'tls', sent: false });
  });

  test('a request that no client can write was not sent', async () => {
    const url = await raw((socket) => socket.end('HTTP/1.1 200 OK\r\n\r\n'));
    const exchange = await send(url, { ...get, headers: [['x', 'a\nb']] });
    expect(exchange.error).toMatchObject({ kind: 'other', sent: false });
    expect(exchange.response).toBeUndefined();
  });

  test('goes to no other origin', async () => {
    const sender = createSender({ baseUrl: 'http://127.0.0.1:1' });
    closers.push(() => sender.close());
    const elsewhere = ['http://127.0.0.1:12/', 'http://127.0.0.1:1@acme.test/', 'https://127.0.0.1:1/'];
    expect(() => sender.send({ method: 'GET', url: elsewhere[0] ?? '', headers: [] }, { exchangeId: 'x' })).toThrow(
      'Requests go to http://127.0.0.1:1 only',
    );
    expect(() => sender.send({ method: 'GET', url: elsewhere[1] ?? '', headers: [] }, { exchangeId: 'x' })).toThrow('only');
    expect(() => sender.send({ method: 'GET', url: elsewhere[2] ?? '', headers: [] }, { exchangeId: 'x' })).toThrow('only');
  });

  test('a body that unpacks beyond the ratio is cut off by name', async () => {
    const bomb = zlib.gzipSync(Buffer.alloc(8 * 1024 * 1024));
    const url = await listen(http.createServer((_, response) => response.setHeader('content-encoding', 'gzip').end(bomb)));
    expect((await send(url)).error).toMatchObject({ kind: 'limit', limit: 'unpackedRatio' });
  });

  test('a body beyond the limit is cut off by name', async () => {
    const url = await listen(http.createServer((_, response) => response.end(Buffer.alloc(200_000, 0x61))));
    const exchange = await send(url, get, {}, { limits: { bodyBytes: 100_000 } });
    expect(exchange.error).toMatchObject({ kind: 'limit', limit: 'bodyBytes' });
    expect(exchange.response?.body).toMatchObject({ truncated: true, text: 'a'.repeat(100_000) });
  });

  test('an endless drip is stopped by the total time', async () => {
    const url = await raw((socket) => {
      socket.write('HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n');
      const timer = setInterval(() => socket.write('a'), 20);
      socket.on('close', () => clearInterval(timer));
    });
    expect((await send(url, get, { timeouts: { totalMs: 200 } })).error).toMatchObject({ kind: 'total-timeout', limit: 'totalMs' });
  });
});

test('an exchange tells for how long this process stood still', async () => {
  const url = await listen(
    http.createServer((request, response) => {
      if (request.url === '/stall') Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1_000);
      response.end('{}');
    }),
  );
  expect((await send(url, { ...get, pathAndQuery: '/stall' })).timings.stalledMs).toBeGreaterThan(0);
});

describe('an event stream', () => {
  function streamOf(...pieces: readonly Uint8Array[]): Promise<string> {
    return listen(
      http.createServer((_, response) => {
        response.setHeader('content-type', 'text/event-stream; charset=utf-8');
        for (const piece of pieces) response.write(piece);
        response.end();
      }),
    );
  }

  test('is decoded as it comes and recorded', async () => {
    const text = Buffer.from('event: é\ndata: 1\n\ndata: [DONE]\n\n');
    const seen: (string | undefined)[] = [];
    const exchange = await send(await streamOf(text.subarray(0, 8), text.subarray(8)), get, {
      onEvent: (event) => {
        seen.push(event.data);
        return 'continue';
      },
    });
    expect(seen).toEqual(['1', '[DONE]']);
    expect(exchange.stream).toMatchObject({ count: 2, bytes: text.length, end: 'closed', kept: [{ event: 'é' }, { data: '[DONE]' }] });
    expect(exchange.response?.body).toEqual({ size: text.length, text: text.toString() });
  });

  test('is unpacked as it comes', async () => {
    const url = await listen(
      http.createServer((_, response) => {
        response.writeHead(200, { 'content-type': 'text/event-stream', 'content-encoding': 'gzip' });
        const gzip = zlib.createGzip();
        gzip.pipe(response);
        gzip.write('data: 1\n\n');
        gzip.flush(() => gzip.end('data: 2\n\n'));
      }),
    );
    const exchange = await send(url);
    expect(exchange.stream).toMatchObject({ count: 2, end: 'closed', bytes: 18 });
    expect(exchange.error).toBeUndefined();
  });

  test('is closed when the judge has seen enough', async () => {
    const closed = Promise.withResolvers<void>();
    const url = await listen(
      http.createServer((_, response) => {
        response.writeHead(200, { 'content-type': 'text/event-stream' });
        const timer = setInterval(() => response.write('data: 1\n\n'), 5);
        response.on('close', () => {
          clearInterval(timer);
          closed.resolve();
        });
      }),
    );
    const exchange = await send(url, get, { onEvent: (event) => (event.index === 2 ? 'stop' : 'continue') });
    await closed.promise;
    expect(exchange.stream).toMatchObject({ count: 3, end: 'aborted-by-client' });
    expect(exchange.error).toBeUndefined();
    expect((await send(url, get, { abortAfterEvents: 1 })).stream).toMatchObject({ count: 1, end: 'aborted-by-client' });
  });

  test('that is reset keeps the event that was cut', async () => {
    const url = await raw((socket) => {
      socket.write('HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\nd\r\ndata: 1\n\ndata\r\n', () =>
        socket.destroySoon(),
      );
    });
    const exchange = await send(url);
    expect(exchange.stream).toMatchObject({ count: 2, end: 'reset', kept: [{ end: 'blank-line' }, { end: 'end-of-body' }] });
    expect(exchange.error).toMatchObject({ kind: 'closed', sent: true });
  });

  test('keeps the first and last 200 events and 50 around each place that was asked for', async () => {
    const events = Array.from({ length: 2000 }, (_, index) => `data: ${index}\n\n`).join('');
    const exchange = await send(await streamOf(Buffer.from(events)), get, {
      onEvent: (event) => (event.index === 1000 ? 'keep-around' : 'continue'),
    });
    const kept = exchange.stream?.kept.map((event) => event.index) ?? [];
    const range = (from: number, to: number) => Array.from({ length: to - from }, (_, index) => from + index);
    expect(kept).toEqual([...range(0, 200), ...range(950, 1051), ...range(1800, 2000)]);
    expect(exchange.stream?.gaps.reduce((sum, [, count]) => sum + count, 0)).toBe(1999);
  });
});
