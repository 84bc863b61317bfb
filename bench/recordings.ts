import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';

import { Ajv2020 } from 'ajv/dist/2020.js';

import { loadContract } from '../src/cli/contract.ts';
import { openPassiveRun } from '../src/cli/passive-run.ts';
import { createProxy } from '../src/http/index.ts';
import { createReferenceServer } from '../src/reference/index.ts';
import { readRecordings } from '../src/recordings/index.ts';
import { type Figure, median, timed } from './measure.ts';

const exchanges = 3000;
const requests = 300;
const eventsOfStream = 400;
const streams = 15;

/** A request that is recorded once and then checked again and again. */
const asked: readonly { readonly path: string; readonly operationId: string; readonly body: object }[] = [
  {
    path: '/chat/completions',
    operationId: 'createChatCompletion',
    body: { model: 'gpt-4o-mini', messages: [{ role: 'user', content: 'tides' }] },
  },
  { path: '/embeddings', operationId: 'createEmbedding', body: { model: 'text-embedding-3-small', input: 'tides' } },
  { path: '/assistants', operationId: 'createAssistant', body: { model: 'gpt-4o-mini', name: 'tides' } },
  { path: '/moderations', operationId: 'createModeration', body: { input: 'tides' } },
];

/** Checking a recording against JSON.parse and ajv on the same bodies, and what the proxy adds to a plain pass-through. */
export async function benchRecordings(): Promise<Figure[]> {
  return [...(await benchCheck()), ...(await benchProxy())];
}

interface Recorded {
  readonly operationId: string;
  readonly request: string;
  readonly response: string;
  readonly line: string;
}

async function record(): Promise<Recorded[]> {
  const { contract, pack } = await loadContract({});
  const server = await createReferenceServer({ contract, ...(pack?.reference && { behaviours: pack.reference }) });
  const recorded: Recorded[] = [];
  for (const { path: where, operationId, body } of asked) {
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${server.apiKey}` };
    const answer = await fetch(`${server.origin}/v1${where}`, { method: 'POST', headers, body: JSON.stringify(body) });
    const response = await answer.text();
    const request = JSON.stringify(body);
    const line = JSON.stringify({
      method: 'POST',
      prefix: '/v1',
      path: where,
      status: answer.status,
      request_headers: { 'content-type': 'application/json' },
      request_body: request,
      response_headers: { 'content-type': 'application/json' },
      response_body: response,
    });
    recorded.push({ operationId, request, response, line });
  }
  await server.close();
  return recorded;
}

async function benchCheck(): Promise<Figure[]> {
  const recorded = await record();
  const many = Array.from({ length: exchanges }, (_, index) => recorded[index % recorded.length]!);
  const folder = mkdtempSync(path.join(os.tmpdir(), 'assay-bench-'));
  const file = path.join(folder, 'recorded.jsonl');
  writeFileSync(file, many.map(({ line }) => `${line}\n`).join(''));
  const loaded = await loadContract({});
  const run = openPassiveRun(loaded, {}, { target: 'bench', options: {} });
  const check = async (): Promise<void> => {
    for await (const one of readRecordings([file])) if (one.kind === 'exchange') run.add(one);
  };
  const ajv = new Ajv2020({ strict: false, allErrors: true, validateSchema: false, validateFormats: false });
  ajv.addSchema(loaded.contract.document as object, 'bench');
  const validators = new Map(
    recorded.map(({ operationId }) => {
      const operation = loaded.contract.operations.find(({ id }) => id === operationId);
      const of = (ref: string | undefined) => ajv.compile({ $ref: `bench#${encodeURI(ref ?? '')}` });
      return [
        operationId,
        { request: of(operation?.requestBody?.content[0]?.schema), response: of(operation?.responses[0]?.content[0]?.schema) },
      ];
    }),
  );
  const bare = (): void => {
    for (const { operationId, request, response } of many) {
      validators.get(operationId)?.request(JSON.parse(request));
      validators.get(operationId)?.response(JSON.parse(response));
    }
  };
  // Schemas are compiled once in both.
  await check();
  bare();
  const checkMs = await median(3, () => timed(check));
  const bareMs = await median(3, () => timed(bare));
  rmSync(folder, { recursive: true, force: true });
  return [
    { name: 'check a recording / JSON.parse and ajv on its bodies', value: bareMs / checkMs, unit: 'ratio', wanted: { atLeast: 0.4 } },
    {
      name: 'check a recording',
      value: (exchanges * 1000) / checkMs,
      unit: 'per second',
      note: `bare ${((exchanges * 1000) / bareMs).toFixed(0)} per second`,
    },
  ];
}

async function benchProxy(): Promise<Figure[]> {
  const origin = await listening(createUpstream(await record()));
  const plain = await listening(createPassThrough(origin.port));
  const run = openPassiveRun(await loadContract({}), {}, { target: 'bench', options: {} });
  const proxy = await createProxy({
    to: `http://127.0.0.1:${origin.port}`,
    onExchange: (exchange) => void run.add({ exchange, missing: [] }),
  });
  const through = { plain: `http://127.0.0.1:${plain.port}`, proxy: proxy.url };
  const plainMs = { request: 0, stream: 0 };
  const proxyMs = { request: 0, stream: 0 };
  for (const [url, into] of [
    [through.plain, plainMs],
    [through.proxy, proxyMs],
  ] as const) {
    await ask(url, false, 5);
    into.request = (await median(3, () => timed(() => ask(url, false, requests)))) / requests;
    into.stream = (await median(3, () => timed(() => ask(url, true, streams)))) / (streams * eventsOfStream);
  }
  await proxy.close();
  plain.close();
  origin.close();
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
  ];
}

async function ask(url: string, stream: boolean, times: number): Promise<void> {
  const [chat] = asked;
  const body = JSON.stringify({ ...chat?.body, ...(stream && { stream }) });
  for (let index = 0; index < times; index++) {
    const answer = await fetch(`${url}/v1${chat?.path}`, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
    await answer.arrayBuffer();
  }
}

/** Answers a chat at once: whole, or in as many events. */
function createUpstream([chat]: readonly Recorded[]): http.Server {
  const chunk = (delta: object, finish: string | null = null): string =>
    `data: ${JSON.stringify({ id: 'c', object: 'chat.completion.chunk', created: 1, model: 'm', choices: [{ index: 0, delta, finish_reason: finish }] })}\n\n`;
  const events = [
    chunk({ role: 'assistant', content: '' }),
    ...Array.from({ length: eventsOfStream - 3 }, () => chunk({ content: 'tide ' })),
    chunk({}, 'stop'),
    'data: [DONE]\n\n',
  ];
  return http.createServer((request, response) => {
    let text = '';
    request.on('data', (piece: Buffer) => (text += piece.toString()));
    request.on('end', () => {
      const stream = text.includes('"stream"');
      response.writeHead(200, { 'content-type': stream ? 'text/event-stream' : 'application/json' });
      if (stream) for (const event of events) response.write(event);
      response.end(stream ? undefined : chat?.response);
    });
  });
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
