import http from 'node:http';
import net from 'node:net';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { between, talk } from '../../test/helpers/between.ts';

test('passes on bytes and headers, repeated ones and their order included', async () => {
  let seen = '';
  const server = net.createServer((socket) => {
    socket.on('data', (chunk) => {
      seen += chunk.toString('latin1');
      if (!seen.endsWith('h\xe9')) return;
      socket.end(
        'HTTP/1.1 201 Oh Yes\r\nX-A: 1\r\nx-a: 2\r\nSet-Cookie: a\r\nSet-Cookie: b\r\nKeep-Alive: x\r\nX-Hop: y\r\nConnection: X-Hop\r\nContent-Length: 3\r\n\r\n\xff\x00z',
        'latin1',
      );
    });
  });
  const { url, target, next } = await between(server);
  const answer = await talk(
    url,
    Buffer.from(
      'POST /v1/a%2F?b=%20 HTTP/1.1\r\nX-One: 1\r\nHost: elsewhere\r\nx-one: 2\r\nAuthorization: Bearer k\r\nConnection: close, X-Drop\r\nX-Drop: 1\r\nContent-Length: 2\r\n\r\nh\xe9',
      'latin1',
    ),
  );
  expect(seen).toBe(
    `POST /v1/a%2F?b=%20 HTTP/1.1\r\nX-One: 1\r\nHost: ${new URL(target).host}\r\nx-one: 2\r\nAuthorization: Bearer k\r\nContent-Length: 2\r\nConnection: keep-alive\r\n\r\nh\xe9`,
  );
  expect(answer).toBe(
    'HTTP/1.1 201 Oh Yes\r\nX-A: 1\r\nx-a: 2\r\nSet-Cookie: a\r\nSet-Cookie: b\r\nContent-Length: 3\r\nConnection: close\r\n\r\n\xff\x00z',
  );
  expect(await next()).toMatchObject({
    id: '1',
    request: { method: 'POST', url: `${target}/v1/a%2F?b=%20`, body: { size: 2, base64: 'aOk=' } },
    response: { status: 201, body: { size: 3, base64: '/wB6' } },
  });
});

test('hands on each event before the next one exists', async () => {
  const { promise: gate, resolve: open } = Promise.withResolvers<void>();
  const seen: string[] = [];
  const server = http.createServer((_, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.write('data: 1\n\nda');
    void gate.then(() => response.end('ta: 2\n\n'));
  });
  const { url, next } = await between(server, {
    onEvent: (event, id) => {
      seen.push(`${id} ${event.data}`);
      return 'continue';
    },
  });
  const response = await fetch(url);
  const reader = (response.body as ReadableStream<Uint8Array>).getReader();
  const first = await reader.read();
  expect(Buffer.from(first.value ?? []).toString()).toBe('data: 1\n\nda');
  open();
  const second = await reader.read();
  expect(Buffer.from(second.value ?? []).toString()).toBe('ta: 2\n\n');
  expect(await next()).toMatchObject({ stream: { count: 2, end: 'closed' } });
  expect(seen).toEqual(['1 1', '1 2']);
});

test('keeps packed bytes packed and records them unpacked', async () => {
  const packed = gzipSync('{"a":1}');
  const { url, next } = await between(http.createServer((_, response) => response.setHeader('content-encoding', 'gzip').end(packed)));
  const answer = await talk(url, 'GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n');
  expect(answer.endsWith(`\r\n\r\n${packed.toString('latin1')}`)).toBe(true);
  expect(await next()).toMatchObject({ response: { body: { text: '{"a":1}' }, encodedSize: packed.length } });
});

test('reports a stream whose packing is broken', async () => {
  const server = http.createServer((_, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream', 'content-encoding': 'gzip' });
    response.end('no gzip');
  });
  const { url, next } = await between(server);
  expect(await talk(url, 'GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n')).toContain('no gzip');
  expect(await next()).toMatchObject({ error: { kind: 'content-coding', sent: true } });
});

test('frames the chunked body of any method', async () => {
  const server = http.createServer((request, response) => request.pipe(response));
  const { url, next } = await between(server);
  const answer = await talk(
    url,
    'DELETE / HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhi\r\n0\r\n\r\n',
  );
  expect(answer).toContain('\r\n2\r\nhi\r\n0\r\n\r\n');
  expect(await next()).toMatchObject({ request: { method: 'DELETE', body: { text: 'hi' } } });
});

test('keeps connections alive on both sides', async () => {
  let connections = 0;
  const server = http.createServer((_, response) => response.end('x'));
  server.on('connection', () => (connections += 1));
  const { url } = await between(server);
  const ask = (path: string) => `GET ${path} HTTP/1.1\r\nHost: x\r\n\r\n`;
  const { promise, resolve } = Promise.withResolvers<string>();
  let text = '';
  const socket = net.connect(Number(new URL(url).port), '127.0.0.1', () => socket.write(ask('/1')));
  socket.on('data', (chunk) => {
    text += chunk.toString();
    const answers = text.split('HTTP/1.1 200 OK').length - 1;
    if (!text.endsWith('x')) return;
    if (answers === 1) socket.write(ask('/2'));
    else {
      socket.destroy();
      resolve(text);
    }
  });
  expect((await promise).split('HTTP/1.1 200 OK')).toHaveLength(3);
  expect(connections).toBe(1);
});

test('a large upload arrives whole, and its record is cut', async () => {
  const bytes = Buffer.alloc(3_000_000, 7);
  let size = 0;
  const server = http.createServer((request, response) => {
    request.on('data', (chunk: Buffer) => (size += chunk.length));
    request.on('end', () => response.end('{}'));
  });
  const { url, next } = await between(server, { limits: { bodyBytes: 1_000_000 } });
  await (await fetch(url, { method: 'POST', body: bytes })).text();
  expect(size).toBe(bytes.length);
  expect((await next()).request.body).toMatchObject({ size: bytes.length, truncated: true });
});

test('a target that breaks off breaks off for the client too', async () => {
  const server = net.createServer((socket) => {
    socket.once('data', () => socket.end('HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nContent-Length: 100\r\n\r\ndata: 1\n\nda'));
  });
  const { url, next } = await between(server);
  const answer = await talk(url, 'GET / HTTP/1.1\r\nHost: x\r\n\r\n');
  expect(answer.endsWith('data: 1\n\nda')).toBe(true);
  const exchange = await next();
  expect(exchange).toMatchObject({ stream: { end: 'reset', count: 2 }, error: { sent: true } });
  expect(['reset', 'closed']).toContain(exchange.error?.kind);
});

test('a client that leaves makes the target stop', async () => {
  const { promise: left, resolve } = Promise.withResolvers<void>();
  const server = http.createServer((_, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    const timer = setInterval(() => response.write('data: 1\n\n'), 5);
    response.on('close', () => {
      clearInterval(timer);
      resolve();
    });
  });
  const { url, next } = await between(server);
  await talk(url, 'GET / HTTP/1.1\r\nHost: x\r\n\r\n', (text) => text.includes('data: 1'));
  await left;
  expect(await next()).toMatchObject({ stream: { end: 'aborted-by-client' } });
});

test('no target is a 502 for the client and was not sent', async () => {
  const server = net.createServer();
  const { url, next } = await between(server);
  server.close();
  const answer = await fetch(url);
  expect(answer.status).toBe(502);
  expect(await next()).toMatchObject({ error: { kind: 'refused', sent: false } });
});

test('asks the target before the client sends its body', async () => {
  const server = http.createServer((request, response) => {
    request.on('data', () => undefined);
    request.on('end', () => response.end('done'));
  });
  let asked = false;
  server.on('checkContinue', (request: http.IncomingMessage, response: http.ServerResponse) => {
    asked = true;
    response.writeContinue();
    server.emit('request', request, response);
  });
  const { url } = await between(server);
  const { promise, resolve } = Promise.withResolvers<string>();
  const socket = net.connect(Number(new URL(url).port), '127.0.0.1', () =>
    socket.write('POST / HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nConnection: close\r\nContent-Length: 2\r\n\r\n'),
  );
  let text = '';
  socket.on('data', (chunk) => {
    text += chunk.toString();
    if (text === 'HTTP/1.1 100 Continue\r\n\r\n') socket.write('hi');
  });
  socket.on('end', () => resolve(text));
  expect(await promise).toContain('done');
  expect(asked).toBe(true);
});

test('an upgrade is a tunnel', async () => {
  const server = http.createServer();
  server.on('upgrade', (request, socket) => {
    socket.write(`HTTP/1.1 101 Switching Protocols\r\nUpgrade: ${request.headers.upgrade}\r\nConnection: Upgrade\r\n\r\n`);
    socket.on('data', (chunk: Buffer) => socket.write(`echo ${chunk.toString()}`));
  });
  const { url } = await between(server);
  const { promise, resolve } = Promise.withResolvers<string>();
  const socket = net.connect(Number(new URL(url).port), '127.0.0.1', () =>
    socket.write('GET /rt HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n'),
  );
  let text = '';
  socket.on('data', (chunk) => {
    text += chunk.toString();
    if (text.endsWith('\r\n\r\n')) socket.write('hello');
    if (text.endsWith('echo hello')) {
      socket.destroy();
      resolve(text);
    }
  });
  expect(await promise).toBe('HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\necho hello');
});
