import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';

import { loadContract } from '../src/cli/contract.ts';
import { startJudgeThread } from '../src/cli/judge-thread.ts';
import { openPassiveRun } from '../src/cli/passive-run.ts';
import { createProxy, createWitness } from '../src/http/index.ts';
import { type Figure, median, timed } from './measure.ts';
import { type Recorded, asked, record } from './recordings.ts';

const requests = 300;
const eventsOfStream = 400;
const streams = 15;
const ticks = 150;
const tickMs = 4;

/** A proxy under measurement: its URL, and what ends it. */
interface Measured {
  readonly url: string;
  close(): Promise<unknown>;
}

/** What the proxy adds to a plain pass-through, for each request, for each event, and at worst while schemas are first compiled. */
export async function benchProxy(): Promise<Figure[]> {
  const origin = await listening(createUpstream(await record()));
  const to = `http://127.0.0.1:${origin.port}`;
  const plain = await listening(createPassThrough(origin.port));
  const plainUrl = `http://127.0.0.1:${plain.port}`;
  const folder = mkdtempSync(path.join(os.tmpdir(), 'assay-bench-'));
  const inThread = (index: number) => judgedInThread(to, path.join(folder, String(index)));
  const gaps = {
    plain: await median(3, () => worstGap(plainUrl)),
    thread: await median(3, (index) => gapThrough(() => inThread(index))),
    inline: await median(3, () => gapThrough(() => judgedInline(to))),
  };
  const plainMs = { request: 0, stream: 0 };
  const proxyMs = { request: 0, stream: 0 };
  const proxy = await inThread(3);
  for (const url of [plainUrl, proxy.url]) for (const stream of [false, true]) await ask(url, stream, 40);
  for (const [url, into] of [
    [plainUrl, plainMs],
    [proxy.url, proxyMs],
  ] as const) {
    into.request = (await median(3, () => timed(() => ask(url, false, requests)))) / requests;
    into.stream = (await median(3, () => timed(() => ask(url, true, streams)))) / (streams * eventsOfStream);
  }
  await proxy.close();
  plain.close();
  origin.close();
  rmSync(folder, { recursive: true, force: true });
  return [
    {
      name: 'proxy: added per request',
      value: proxyMs.request - plainMs.request,
      unit: 'ms',
      note: `plain pass-through ${plainMs.request.toFixed(3)} ms`,
    },
    {
      name: 'proxy: added per event of a stream',
      value: proxyMs.stream - plainMs.stream,
      unit: 'ms',
      note: `plain pass-through ${plainMs.stream.toFixed(4)} ms`,
    },
    {
      name: 'proxy: worst gap in another stream during first compilations',
      value: gaps.thread,
      unit: 'ms',
      note: `events every ${tickMs} ms; plain pass-through ${gaps.plain.toFixed(0)} ms, judged in the thread that passes ${gaps.inline.toFixed(0)} ms`,
    },
  ];
}

/** As `proxy` does it. */
async function judgedInThread(to: string, folder: string): Promise<Measured> {
  const judge = await startJudgeThread({ settings: { report: ['json'] }, to, folder, bodyBytes: 1024 * 1024 });
  const proxy = await createProxy({ to, tell: judge.tell });
  return { url: proxy.url, close: () => proxy.close().then(() => judge.finish(0)) };
}

/** As it would be without a thread. */
async function judgedInline(to: string): Promise<Measured> {
  const run = openPassiveRun(await loadContract({}), {}, { target: 'bench', options: {} });
  const witness = createWitness({ onExchange: (exchange) => void run.add({ exchange, missing: [], witnessed: true }) });
  return createProxy({ to, tell: (event) => witness.take(event) });
}

async function gapThrough(start: () => Promise<Measured>): Promise<number> {
  const proxy = await start();
  const gap = await worstGap(proxy.url);
  await proxy.close();
  return gap;
}

/** The longest wait for the next event of a steady stream while other requests are made, and judged, for the first time. */
async function worstGap(url: string): Promise<number> {
  const answer = await fetch(`${url}/ticks`);
  const others = (async () => {
    for (const { path: where, body } of asked) {
      const headers = { 'content-type': 'application/json' };
      await (await fetch(`${url}/v1${where}`, { method: 'POST', headers, body: JSON.stringify(body) })).arrayBuffer();
    }
  })();
  let worst = 0;
  let last = performance.now();
  for await (const _chunk of answer.body ?? []) {
    const now = performance.now();
    worst = Math.max(worst, now - last);
    last = now;
  }
  await others;
  return worst;
}

async function ask(url: string, stream: boolean, times: number): Promise<void> {
  const [plain] = asked;
  const body = JSON.stringify({ ...plain?.body, ...(stream && { stream }) });
  for (let index = 0; index < times; index++) {
    const answer = await fetch(`${url}/v1${plain?.path}`, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
    await answer.arrayBuffer();
  }
}

/** Answers a chat at once: whole, or in as many events. */
function createUpstream(recorded: readonly Recorded[]): http.Server {
  const chunk = (delta: object, finish: string | null = null): string =>
    `data: ${JSON.stringify({ id: 'c', object: 'chat.completion.chunk', created: 1, model: 'm', choices: [{ index: 0, delta, finish_reason: finish }] })}\n\n`;
  const events = [
    chunk({ role: 'assistant', content: '' }),
    ...Array.from({ length: eventsOfStream - 3 }, () => chunk({ content: 'tide ' })),
    chunk({}, 'stop'),
    'data: [DONE]\n\n',
  ];
  const [plain] = recorded;
  return http.createServer((request, response) => {
    if (request.url === '/ticks') return tick(response);
    let text = '';
    request.on('data', (piece: Buffer) => (text += piece.toString()));
    request.on('end', () => {
      const stream = text.includes('"stream"');
      const known = recorded.find((one) => one.request === text && one.operationId !== 'createChatCompletion');
      if (known)
        return void response.writeHead(200, { 'content-type': stream ? 'text/event-stream' : 'application/json' }).end(known.response);
      response.writeHead(200, { 'content-type': stream ? 'text/event-stream' : 'application/json' });
      if (stream) for (const event of events) response.write(event);
      response.end(stream ? undefined : plain?.response);
    });
  });
}

/** A steady stream of no operation that anybody knows. */
function tick(response: http.ServerResponse): void {
  let left = ticks;
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  const timer = setInterval(() => {
    response.write('data: {}\n\n');
    if (--left > 0) return;
    clearInterval(timer);
    response.end();
  }, tickMs);
}

function createPassThrough(port: number): http.Server {
  const agent = new http.Agent({ keepAlive: true });
  return http.createServer((request, response) => {
    const up = http.request({ port, host: '127.0.0.1', method: request.method, path: request.url, headers: request.headers, agent });
    up.on('response', (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    request.pipe(up);
  });
}

async function listening(server: http.Server): Promise<{ readonly port: number; close(): void }> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
