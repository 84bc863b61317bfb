import http from 'node:http';
import net from 'node:net';
import { expect, test, vi } from 'vitest';
import { between, listen, talk } from '../../test/helpers/between.ts';
import { createProxy } from './index.ts';

/** A target of raw bytes: answers each connection's requests, one after another, once a request is whole. */
function raw(answers: readonly (string | Buffer)[], heard: string[] = [], whole = (text: string) => text.endsWith('\r\n\r\n')): net.Server {
  return net.createServer((socket) => {
    let text = '';
    let count = 0;
    socket.on('error', () => undefined);
    socket.on('data', (chunk) => {
      text += chunk.toString('latin1');
      if (!whole(text)) return;
      heard.push(text);
      text = '';
      socket.write(answers[count++ % answers.length] ?? '', 'latin1');
    });
  });
}

const get = (path: string, more = '') => `GET ${path} HTTP/1.1\r\nHost: x\r\n${more}\r\n`;
const close = 'Connection: close\r\n';

test.each([
  ['HEAD', 'HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n'],
  ['GET', 'HTTP/1.1 204 No Content\r\n\r\n'],
  ['GET', 'HTTP/1.1 304 Not Modified\r\nContent-Length: 5\r\nETag: "a"\r\n\r\n'],
])('passes on a %s without a body and keeps the connection: %j', async (method, answer) => {
  const { url, next } = await between(raw([answer]));
  const asked = `${method} /a HTTP/1.1\r\nHost: x\r\n\r\n${method} /b HTTP/1.1\r\nHost: x\r\n${close}\r\n`;
  const text = await talk(url, asked);
  const [first, second] = text.split(/(?<=\r\n\r\n)/);
  expect(text.split('\r\n\r\n')).toHaveLength(3);
  expect(first?.replace(/Connection: .*\r\nKeep-Alive: .*\r\n/, '')).toBe(answer);
  expect(second?.replace(/Connection: .*\r\n/, '')).toBe(answer);
  expect([(await next()).response?.body.size, (await next()).response?.body.size]).toEqual([0, 0]);
});

test('answers requests that were sent at once in their order', async () => {
  const server = http.createServer((request, response) => void response.end(request.url));
  const { url, next } = await between(server);
  const text = await talk(url, get('/1') + get('/2') + get('/3', close));
  expect([...text.matchAll(/\r\n\r\n(\/\d)/g)].map(([, path]) => path)).toEqual(['/1', '/2', '/3']);
  expect([await next(), await next(), await next()].map(({ response }) => response?.body.text)).toEqual(['/1', '/2', '/3']);
});

test('passes on trailers both ways', async () => {
  const heard: string[] = [];
  const answer = 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhi\r\n0\r\nX-Sum: 1\r\nX-Sum: 2\r\n\r\n';
  const { url } = await between(raw([answer], heard, (text) => text.endsWith('X-In: a\r\n\r\n')));
  const text = await talk(url, `PUT / HTTP/1.1\r\nHost: x\r\n${close}Transfer-Encoding: chunked\r\n\r\n2\r\nyo\r\n0\r\nX-In: a\r\n\r\n`);
  expect(heard[0]).toContain('\r\n2\r\nyo\r\n0\r\nX-In: a\r\n\r\n');
  expect(text).toContain('\r\n2\r\nhi\r\n0\r\nX-Sum: 1\r\nX-Sum: 2\r\n\r\n');
});

test.each([
  ['a length and chunks', 'Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /smuggled HTTP/1.1\r\n\r\n'],
  ['two lengths', 'Content-Length: 3\r\nContent-Length: 40\r\n\r\nabc'],
  ['chunks that are not the last coding', 'Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n'],
  ['a space before the colon', 'Content-Length : 3\r\n\r\nabc'],
])('a request with %s goes no further', async (_what, rest) => {
  const heard: string[] = [];
  const { url } = await between(raw(['HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n'], heard));
  const text = await talk(url, `POST / HTTP/1.1\r\nHost: x\r\n${rest}`);
  expect(text).toMatch(/^HTTP\/1\.1 400 Bad Request\r\n[^]*This is the proxy that checks what passes/);
  expect(heard).toEqual([]);
});

test('keeps the length that Connection names, and sends one Host', async () => {
  const heard: string[] = [];
  const { url, target } = await between(raw(['HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n'], heard, (text) => text.endsWith('abc')));
  const asked =
    'DELETE / HTTP/1.1\r\nHost: x\r\nHost: y\r\nX-A: 1\r\nConnection: close, Content-Length, host, x-a\r\nContent-Length: 3\r\n\r\nabc';
  await talk(url, asked);
  const { host } = new URL(target);
  expect(heard).toEqual([`DELETE / HTTP/1.1\r\nHost: ${host}\r\nContent-Length: 3\r\nConnection: keep-alive\r\n\r\nabc`]);
});

test('sends a POST without a body as one without a body', async () => {
  const heard: string[] = [];
  const { url } = await between(raw(['HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n'], heard));
  await talk(url, `POST /cancel HTTP/1.1\r\nHost: x\r\n${close}\r\n`);
  expect(heard[0]).toContain('Content-Length: 0\r\n');
  expect(heard[0]).not.toContain('chunked');
});

test('informs the client of what comes before the answer, but not one of HTTP/1.0', async () => {
  const answer = 'HTTP/1.1 103 Early Hints\r\nLink: </a>; rel=preload\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi';
  const { url } = await between(raw([answer]));
  expect(await talk(url, get('/', close))).toMatch(
    /^HTTP\/1\.1 103 Early Hints\r\nLink: <\/a>; rel=preload\r\n\r\nHTTP\/1\.1 200 OK\r\n[^]*hi$/,
  );
  expect(await talk(url, 'GET / HTTP/1.0\r\n\r\n')).toMatch(/^HTTP\/1\.1 200 OK\r\n[^]*hi$/);
});

test('gives a client of HTTP/1.0 a body without chunks, and a reset where it was cut', async () => {
  const whole = 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhi\r\n0\r\n\r\n';
  const { url } = await between(raw([whole]));
  expect(await talk(url, 'GET / HTTP/1.0\r\n\r\n')).toMatch(/^HTTP\/1\.1 200 OK\r\nConnection: close\r\n\r\nhi$/);
  const cut = net.createServer((socket) => {
    socket.once('data', () => socket.end('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhi\r\n'));
  });
  const second = await between(cut);
  expect(await talk(second.url, 'GET / HTTP/1.0\r\n\r\n')).toMatch(/<ECONNRESET>$/);
});

test('what came of an answer that breaks off comes, and no end of it', async () => {
  const size = 400_000;
  const cut = net.createServer((socket) => {
    socket.on('error', () => undefined);
    socket.once('data', () => {
      socket.write(`HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n${size.toString(16)}\r\n`);
      socket.end(`${'x'.repeat(size)}\r\n`);
    });
  });
  const { url, next } = await between(cut);
  const text = await talk(url, get('/'));
  expect(text.match(/x/g)?.length).toBe(size);
  expect(text).not.toContain('\r\n0\r\n');
  expect(await next()).toMatchObject({ error: { sent: true }, response: { status: 200 } });
});

test('a client that leaves in the middle of its upload makes the target see it', async () => {
  const { promise: left, resolve } = Promise.withResolvers<boolean>();
  const begun = Promise.withResolvers<void>();
  const server = http.createServer((request) => {
    request.once('data', () => begun.resolve());
    request.on('error', () => undefined);
    request.on('close', () => resolve(request.complete));
  });
  const { url, next } = await between(server);
  const socket = net.connect(Number(new URL(url).port), '127.0.0.1');
  socket.write('POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\nhalf');
  await begun.promise;
  socket.destroy();
  expect(await left).toBe(false);
  const exchange = await next();
  expect(exchange).toMatchObject({ request: { body: { text: 'half' } } });
  expect(exchange.response).toBeUndefined();
});

test('passes on the whole answer to an upload that nobody reads to its end', async () => {
  const server = net.createServer((socket) => {
    socket.on('error', () => undefined);
    socket.once('data', () => socket.end('HTTP/1.1 413 Too Large\r\nContent-Length: 3\r\nConnection: close\r\n\r\nbig'));
  });
  const { url, next } = await between(server);
  const { promise, resolve } = Promise.withResolvers<string>();
  const upload = http.request(url, { method: 'POST' }, (answer) => {
    let text = '';
    answer.on('data', (chunk: Buffer) => (text += chunk.toString()));
    answer.on('end', () => resolve(`${answer.statusCode} ${text}`));
  });
  upload.on('error', () => undefined);
  upload.write(Buffer.alloc(4_000_000, 'a'));
  expect(await promise).toBe('413 big');
  upload.destroy();
  const exchange = await next();
  expect(exchange).toMatchObject({ response: { status: 413, body: { text: 'big' } } });
  expect(exchange.error).toBeUndefined();
});

test('a target that hangs up without an answer is a 502 that says who speaks', async () => {
  const server = net.createServer((socket) => void socket.once('data', () => socket.destroy()));
  const { url, target, next } = await between(server);
  const text = await talk(url, get('/', close));
  expect(text).toMatch(/^HTTP\/1\.1 502 Bad Gateway\r\n/);
  expect(text).toContain(`This is the proxy that checks what passes, not ${target}: socket hang up`);
  expect(await next()).toMatchObject({ error: { sent: true } });
});

test('a kept connection that the target closes after a rest closes for the client, and blames nobody', async () => {
  let asked = 0;
  const server = net.createServer((socket) => {
    socket.on('error', () => undefined);
    socket.on('data', () => (++asked % 2 === 1 ? socket.write('HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n1') : socket.destroy()));
  });
  const { url, next } = await between(server);
  const twice = async (restMs: number): Promise<string> => {
    const { promise, resolve } = Promise.withResolvers<string>();
    const socket = net.connect(Number(new URL(url).port), '127.0.0.1', () => socket.write(get('/1')));
    let text = '';
    socket.on('error', () => undefined);
    socket.on('data', (chunk) => {
      text += chunk.toString();
      if (text.endsWith('\r\n\r\n1') && asked % 2 === 1) {
        const real = performance.now.bind(performance);
        vi.spyOn(performance, 'now').mockImplementation(() => real() + restMs);
        socket.write(get('/2', close));
      }
    });
    socket.on('close', () => {
      vi.restoreAllMocks();
      resolve(text);
    });
    return promise;
  };
  expect(await twice(5000)).toMatch(/\r\n\r\n1$/);
  await next();
  const unanswered = await next();
  expect([unanswered.response, unanswered.error]).toEqual([undefined, undefined]);
  // Hanging up on somebody who asked a moment ago is no rest.
  expect(await twice(0)).toContain('502 Bad Gateway');
  await next();
  expect((await next()).error).toMatchObject({ sent: true });
});

test('large heads pass, and the largest are refused with a name', async () => {
  const heard: string[] = [];
  const answer = `HTTP/1.1 200 OK\r\nX-Large: ${'b'.repeat(100_000)}\r\nContent-Length: 0\r\n\r\n`;
  const { url } = await between(raw([answer], heard));
  const many = Array.from({ length: 1500 }, (_, index) => `X-${index}: ${index}\r\n`).join('');
  const text = await talk(url, get('/', `X-Large: ${'a'.repeat(100_000)}\r\n${many}${close}`));
  expect(heard[0]).toContain('a'.repeat(100_000));
  expect(heard[0]?.match(/X-\d+: /g)).toHaveLength(1500);
  expect(text).toContain('b'.repeat(100_000));
  const refused = await talk(url, get('/', `X-Larger: ${'a'.repeat(300_000)}\r\n`), (sofar) => sofar.includes('passed on'));
  expect(refused).toMatch(/^HTTP\/1\.1 431 [^]*This is the proxy that checks what passes/);
});

test.each([
  ['/v1/a?b=c', '/base/v1/a?b=c'],
  ['http://elsewhere.example/v1/a?b=c', '/base/v1/a?b=c'],
  ['//a/b', '/base//a/b'],
])('a request for %s goes below the path of the target', async (asked, heard) => {
  const server = http.createServer((request, response) => void response.end(request.url));
  const { url, target, next } = await between(server, {}, '/base/');
  expect((await talk(url, get(asked, close))).split('\r\n\r\n')[1]).toBe(heard);
  expect((await next()).request.url).toBe(target + heard);
});

test('passes on a redirect and follows none', async () => {
  const heard: (string | undefined)[] = [];
  const server = http.createServer((request, response) => {
    heard.push(request.url);
    response.writeHead(302, { location: '/there' }).end();
  });
  const { url } = await between(server);
  const answer = await fetch(url, { redirect: 'manual' });
  expect([answer.status, answer.headers.get('location'), heard]).toEqual([302, '/there', ['/']]);
});

test('survives an answer that is no HTTP', async () => {
  const { url, next } = await between(raw(['HTTP/1.1 099 Odd\r\nContent-Length: 0\r\n\r\n', 'nonsense']));
  expect(await talk(url, get('/', close))).toContain('502 Bad Gateway');
  expect(await next()).toMatchObject({ error: { sent: true } });
  expect(await talk(url, get('/', close))).toContain('502 Bad Gateway');
});

test('takes a request that offers HTTP/2 for what it is', async () => {
  const heard: string[] = [];
  const { url, next } = await between(raw(['HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi'], heard));
  const offer = 'Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABk\r\n';
  expect(await talk(url, get('/', offer), (text) => text.endsWith('hi'))).toContain('200 OK');
  expect(heard[0]).not.toMatch(/upgrade|http2-settings/i);
  expect(await next()).toMatchObject({ response: { status: 200 } });
});

test('an upgrade that finds no target is a 502', async () => {
  const gone = net.createServer();
  const to = await listen(gone);
  gone.close();
  const proxy = await createProxy({ to, tell: () => undefined });
  const text = await talk(proxy.url, get('/', 'Connection: Upgrade\r\nUpgrade: websocket\r\n'));
  expect(text).toMatch(/^HTTP\/1\.1 502 Bad Gateway\r\n[^]*This is the proxy that checks what passes/);
  expect(proxy.tunnelled).toBe(1);
  await proxy.close();
});
