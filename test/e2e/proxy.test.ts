import { existsSync, readFileSync } from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import { gzipSync } from 'node:zlib';

import OpenAI, { NotFoundError, toFile } from 'openai';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Contract } from '../../src/model/index.ts';
import { type ReferenceServer, genericFaults } from '../../src/reference/index.ts';
import { assay, scratch, startAssay } from '../helpers/assay.ts';
import { listen } from '../helpers/between.ts';
import { packContract, startReference } from '../helpers/reference.ts';

const apiKey = 'sk-proxied-77Qm4ZzT19aa';
const model = 'gpt-4o-mini';
const messages = [{ role: 'user' as const, content: 'Tell me about tides' }];
const tools = [{ type: 'function' as const, function: { name: 'get_tide', parameters: { type: 'object', properties: {} } } }];

let contract: Contract;
beforeAll(async () => {
  contract = await packContract('2025-03');
});

/** Two of these answer the same requests with the same bytes. */
const serverOf = (more: Parameters<typeof startReference>[1] = {}) =>
  startReference(contract, { apiKey, seed: 7, now: () => 1_750_000_000_000, chunking: 'odd', ...more });

/** A client that keeps the bytes of every answer. */
function keepingClient(origin: string): { client: OpenAI; bodies: () => Promise<string[]> } {
  const kept: Promise<string>[] = [];
  const client = new OpenAI({
    baseURL: `${origin}/v1`,
    apiKey,
    maxRetries: 0,
    fetch: async (...request) => {
      const response = await fetch(...request);
      // The client tries a form on a data: URL first.
      if (!response.url.startsWith('http')) return response;
      kept.push(
        response
          .clone()
          .arrayBuffer()
          .then((bytes) => `${response.status} ${Buffer.from(bytes).toString('base64')}`),
      );
      return response;
    },
  });
  return { client, bodies: () => Promise.all(kept) };
}

/** What a program does with the client: plain answers, streams of all kinds, an upload, a download, a refusal. */
async function conversation(client: OpenAI): Promise<unknown[]> {
  const assistant = await client.beta.assistants.create({ model, tools });
  const thread = await client.beta.threads.create({ messages });
  const file = await client.files.create({ file: await toFile(Buffer.from('{"a":1}\n'), 'a.jsonl'), purpose: 'assistants' });
  return [
    await client.models.list(),
    await client.chat.completions.create({ model, messages }),
    await client.chat.completions.stream({ model, messages, n: 2, stream_options: { include_usage: true } }).finalChatCompletion(),
    await client.chat.completions.stream({ model, messages, tools }).finalChatCompletion(),
    await client.responses.stream({ model, input: 'Tell me about tides' }).finalResponse(),
    await client.beta.threads.runs.stream(thread.id, { assistant_id: assistant.id }).finalRun(),
    await client.embeddings.create({ model: 'text-embedding-3-small', input: ['a', 'b'] }),
    file,
    await (await client.files.content(file.id)).text(),
    await client.files.delete(file.id),
    await client.beta.threads.retrieve('thread_of_nobody').catch((error: unknown) => error instanceof NotFoundError && error.error),
  ];
}

interface Proxied {
  readonly url: string;
  readonly pid: number;
  stop(): Promise<{ readonly code: number | null; readonly stdout: string; readonly stderr: string }>;
  printed(pattern: RegExp): Promise<string>;
  read(name: string): string;
}

async function proxyTo(server: Pick<ReferenceServer, 'origin'>, ...more: readonly string[]): Promise<Proxied> {
  const folder = scratch();
  const running = startAssay(['proxy', '--to', server.origin, '--out', 'run', ...more], { cwd: folder });
  const [, url = ''] = /^(http:\S+) passes on/m.exec(await running.printed(/^http:\S+ passes on/m)) ?? [];
  return {
    url,
    pid: running.pid,
    printed: (pattern) => running.printed(pattern),
    stop: () => {
      running.interrupt();
      return running.ended;
    },
    read: (name) => readFileSync(path.join(folder, 'run', name), 'utf8'),
  };
}

describe('the proxy between the official client and a server', () => {
  test('changes no result and no byte, finds nothing in conforming answers, and records no key', async () => {
    const [direct, behind] = await Promise.all([serverOf(), serverOf()]);
    const proxy = await proxyTo(behind);
    const plain = keepingClient(direct.origin);
    const proxied = keepingClient(proxy.url);
    const results = { plain: await conversation(plain.client), proxied: await conversation(proxied.client) };
    const bodies = { plain: await plain.bodies(), proxied: await proxied.bodies() };
    const { code, stdout } = await proxy.stop();
    await Promise.all([direct.close(), behind.close()]);
    expect(JSON.parse(JSON.stringify(results.proxied))).toEqual(JSON.parse(JSON.stringify(results.plain)));
    expect(bodies.proxied).toEqual(bodies.plain);
    const report = JSON.parse(proxy.read('report.json')) as { findings: unknown[]; summary: { requests: number; verdicts: object } };
    expect(report.findings).toEqual([]);
    expect(report.summary.requests).toBe(bodies.plain.length);
    expect(report.summary.verdicts).toMatchObject({ pass: bodies.plain.length });
    expect(code).toBe(0);
    const written = ['journal.ndjson', 'report.json', 'report.html', 'junit.xml', 'summary.md'].map((name) => proxy.read(name));
    expect([stdout, ...written].filter((text) => text.includes(apiKey))).toEqual([]);
    expect(written[0]?.match(/"type":"exchange"/g)).toHaveLength(bodies.plain.length);
  });

  test('tells of a broken stream while it passes, and ends with the exit code of a failure', async () => {
    const fault = genericFaults.find(({ id }) => id === 'stream-without-end');
    const behind = await serverOf({ faults: fault ? [fault] : [] });
    const proxy = await proxyTo(behind);
    const { client } = keepingClient(proxy.url);
    const chunks: unknown[] = [];
    for await (const chunk of await client.chat.completions.create({ model, messages, stream: true })) chunks.push(chunk);
    const { code, stdout } = await proxy.stop();
    await behind.close();
    expect(chunks.length).toBeGreaterThan(1);
    expect(stdout).toMatch(/^1 sse\.done-missing MUST POST \/chat\/completions event \d+: expected data: \[DONE\]/m);
    expect(code).toBe(1);
  });

  test('could not measure where nothing passed', async () => {
    const behind = await serverOf();
    const proxy = await proxyTo(behind);
    const { code } = await proxy.stop();
    await behind.close();
    expect(code).toBe(2);
  });

  test('passes on packed bodies as they are and judges what is in them', async () => {
    const packed = gzipSync(JSON.stringify({ object: 'list', data: 'no list' }));
    const origin = await listen(
      http.createServer((_, response) =>
        response.writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'gzip' }).end(packed),
      ),
    );
    const proxy = await proxyTo({ origin });
    const bytes = await new Promise<Buffer>((resolve) => {
      http.get(`${proxy.url}/v1/models`, (answer) => {
        const chunks: Buffer[] = [];
        answer.on('data', (chunk: Buffer) => chunks.push(chunk));
        answer.on('end', () => resolve(Buffer.concat(chunks)));
      });
    });
    const { code, stdout, stderr } = await proxy.stop();
    expect(bytes.equals(packed)).toBe(true);
    expect(stdout).toContain('1 body-valid MUST GET /models /data: expected array, came "no list"');
    expect([code, stderr]).toEqual([1, '']);
  });

  test('says what it refuses before it listens', async () => {
    const folder = scratch();
    const asked = ['proxy', '--to', 'http://127.0.0.1:9', '--out', 'run'];
    const unknown = await assay([...asked, '--contract', 'nobody@1'], { cwd: folder });
    expect([unknown.code, unknown.stdout]).toEqual([2, '']);
    expect(unknown.stderr).toMatch(/^assay: There is no contract "nobody@1"\. The contracts are: /);
    expect(existsSync(path.join(folder, 'run'))).toBe(false);
    const taken = new URL(await listen(http.createServer())).port;
    const busy = await assay([...asked, '--port', taken], { cwd: folder });
    expect([busy.code, busy.stderr]).toEqual([
      2,
      `assay: The proxy cannot listen: listen EADDRINUSE: address already in use 127.0.0.1:${taken}\n`,
    ]);
  });

  test.skipIf(process.platform !== 'linux')('takes no more memory for a large upload than for a small one', async () => {
    let received = 0;
    const origin = await listen(
      http.createServer((request, response) => {
        request.on('data', (chunk: Buffer) => (received += chunk.length));
        request.on('end', () => response.writeHead(200, { 'content-type': 'application/json' }).end('{}'));
      }),
    );
    const proxy = await proxyTo({ origin });
    const highest = () => Number(/VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${proxy.pid}/status`, 'utf8'))?.[1]) / 1024;
    const upload = (megabytes: number) =>
      new Promise<number>((resolve, reject) => {
        const request = http.request(`${proxy.url}/v1/files`, { method: 'POST' }, (answer) => {
          answer.resume().on('end', () => resolve(answer.statusCode ?? 0));
        });
        request.on('error', reject);
        const chunk = Buffer.alloc(1024 * 1024, 'a');
        const write = (left: number): void => {
          if (left === 0) request.end();
          else if (request.write(chunk)) write(left - 1);
          else request.once('drain', () => write(left - 1));
        };
        write(megabytes);
      });
    // Several, for what was judged is collected when it pleases the engine.
    for (const judged of [/^1 body-valid/m, /^2 body-valid/m, /^3 body-valid/m]) {
      expect(await upload(20)).toBe(200);
      await proxy.printed(judged);
    }
    const before = highest();
    expect(await upload(240)).toBe(200);
    await proxy.printed(/^4 body-valid/m);
    expect(highest() - before).toBeLessThan(100);
    expect(received).toBe(300 * 1024 * 1024);
    await proxy.stop();
  });
});
