import { readFileSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import path from 'node:path';

import { expect, onTestFinished, test } from 'vitest';
import { startJudgeThread } from '../../src/cli/judge-thread.ts';
import { createProxy } from '../../src/http/index.ts';
import type { Report } from '../../src/reporting/index.ts';
import { scratch } from '../helpers/assay.ts';
import { listen } from '../helpers/between.ts';

const answer = (content: object) => ({ '200': { description: 'OK', content } });
const spec = {
  openapi: '3.0.3',
  info: { title: 'Kettles', version: '1' },
  paths: {
    '/kettles': {
      post: {
        operationId: 'createKettle',
        requestBody: { required: true, content: { 'application/json': { schema: { type: 'object' } } } },
        responses: answer({ 'application/json': { schema: { type: 'object', required: ['litres'] } } }),
      },
    },
    '/steam': { get: { operationId: 'watchSteam', responses: answer({ 'text/event-stream': { schema: { type: 'string' } } }) } },
  },
};
const kettle = JSON.stringify({ litres: 2, what: 'x'.repeat(20_000) });

/** Servers, a proxy between them, and a judge that stands still before the first message of a kind until it is let go. */
async function latched(options: { readonly at?: string; readonly breaks?: boolean; readonly mostHeld?: number } = {}) {
  const folder = scratch();
  const file = path.join(folder, 'spec.json');
  writeFileSync(file, JSON.stringify(spec));
  const steam: http.ServerResponse[] = [];
  const to = await listen(
    http.createServer((request, response) => {
      if (request.url === '/steam') {
        response.writeHead(200, { 'content-type': 'text/event-stream' }).flushHeaders();
        steam.push(response);
        return;
      }
      request.resume().on('end', () => response.setHeader('content-type', 'application/json').end(kettle));
    }),
  );
  const latch = new Int32Array(new SharedArrayBuffer(8));
  const run = path.join(folder, 'run');
  const judge = await startJudgeThread(
    { settings: { spec: file }, to, folder: run, bodyBytes: 1_000_000 },
    {
      script: new URL('../helpers/latched-judge.ts', import.meta.url),
      data: { latch, at: options.at ?? 'end', breaks: options.breaks ?? false },
      ...(options.mostHeld !== undefined && { mostHeld: options.mostHeld }),
    },
  );
  onTestFinished(() => judge.abandon());
  const proxy = await createProxy({ to, tell: judge.tell });
  onTestFinished(() => proxy.close());
  return {
    judge,
    url: proxy.url,
    steam,
    /** Resolves once the judge stands still. */
    async stands() {
      await Atomics.waitAsync(latch, 0, 0).value;
    },
    letGo() {
      Atomics.store(latch, 1, 1);
      Atomics.notify(latch, 1);
    },
    post: async () =>
      (await fetch(`${proxy.url}/kettles`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' })).text(),
    report: () => JSON.parse(readFileSync(path.join(run, 'report.json'), 'utf8')) as Report,
  };
}

test('while the judge is busy with one exchange, others and streams pass whole, and all are judged in the end', async () => {
  const { judge, url, steam, stands, letGo, post, report } = await latched();
  expect(await post()).toBe(kettle);
  await stands();
  expect(await post()).toBe(kettle);
  const stream = await fetch(`${url}/steam`);
  const reader = (stream.body as ReadableStream<Uint8Array>).getReader();
  for (const event of ['data: 1\n\n', 'data: 2\n\nda', 'ta: 3\n\n']) {
    steam[0]?.write(event);
    expect(Buffer.from((await reader.read()).value ?? []).toString()).toBe(event);
  }
  steam[0]?.end();
  expect((await reader.read()).done).toBe(true);
  letGo();
  expect(await judge.finish(0)).toBe(0);
  const { summary, messages } = report();
  expect([summary.requests, summary.verdicts.pass, messages]).toEqual([3, 3, []]);
});

test('what a busy judge has no room for passes all the same, and is counted and told', async () => {
  const { judge, stands, letGo, post, report } = await latched({ mostHeld: 100_000 });
  expect(await post()).toBe(kettle);
  await stands();
  for (let index = 0; index < 20; index++) expect(await post()).toBe(kettle);
  expect(judge.dropped).toBeGreaterThan(10);
  letGo();
  // Of most of it nobody knows whether it conforms.
  expect(await judge.finish(0)).toBe(2);
  const { summary, messages } = report();
  expect(summary.verdicts.pass).toBe(21 - judge.dropped);
  expect(messages).toEqual([`${judge.dropped} exchanges were passed on but not judged: judging was too far behind.`]);
});

test('a judge that caught up judges again', async () => {
  const { judge, stands, letGo, post, report } = await latched({ mostHeld: 100_000, at: 'request' });
  const first = post();
  await stands();
  expect(await first).toBe(kettle);
  for (let index = 0; index < 9; index++) await post();
  const { dropped } = judge;
  expect(dropped).toBeGreaterThan(0);
  letGo();
  // Each of these has room once those before it were judged; how soon that is, nobody knows.
  let after = 0;
  do {
    await post();
    after++;
  } while (judge.dropped - dropped === after);
  await judge.finish(0);
  expect(report().summary.verdicts.pass).toBe(10 + after - judge.dropped);
});

test('a judge that fails stops no client, and ends without a verdict', async () => {
  const { judge, stands, post } = await latched({ breaks: true });
  expect(await post()).toBe(kettle);
  await stands();
  expect(await post()).toBe(kettle);
  expect(await judge.finish(0)).toBe(2);
});

test('who does not want to wait for the judge need not', async () => {
  const { judge, stands, post } = await latched();
  await post();
  await stands();
  expect(await judge.finish(0, 1)).toBe(2);
});
