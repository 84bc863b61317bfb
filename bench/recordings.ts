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

const exchanges = 1500;
const requests = 300;
const eventsOfStream = 400;
const streams = 15;

const chat = { model: 'gpt-4o-mini', messages: [{ role: 'user', content: 'Tell me all about tides. '.repeat(40) }] };

/** Requests that are recorded once and then checked again and again: answers of some kilobytes, as real recordings hold. */
const asked: readonly { readonly path: string; readonly operationId: string; readonly body: object }[] = [
  { path: '/chat/completions', operationId: 'createChatCompletion', body: chat },
  { path: '/chat/completions', operationId: 'createChatCompletion', body: { ...chat, stream: true } },
  { path: '/responses', operationId: 'createResponse', body: { model: chat.model, input: chat.messages[0]?.content, stream: true } },
  { path: '/embeddings', operationId: 'createEmbedding', body: { model: 'text-embedding-3-small', input: ['tides', 'moons'] } },
];

/** Checking a recording against JSON.parse and ajv on the same bodies, and what the proxy adds to a plain pass-through. */
export async function benchRecordings(): Promise<Figure[]> {
  return [...(await benchCheck()), ...(await benchProxy())];
}

interface Recorded {
  readonly operationId: string;
  readonly request: string;
  readonly response: string;
  /** The JSON texts of the answer: one, or one for each event. */
  readonly payloads: readonly string[];
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
      response_headers: { 'content-type': answer.headers.get('content-type') ?? '' },
      response_body: response,
    });
    const payloads = response.startsWith('{') ? [response] : [...response.matchAll(/^data: (\{.*)$/gm)].map(([, data]) => data ?? '');
    recorded.push({ operationId, request, response, payloads, line });
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
  const compiled = (ref: string | undefined) => ajv.compile({ $ref: `bench#${encodeURI(ref ?? '')}` });
  const bodies = recorded.map(({ operationId, request, response, payloads }) => {
    const operation = loaded.contract.operations.find(({ id }) => id === operationId);
    const mediaType = response.startsWith('{') ? 'application/json' : 'text/event-stream';
    return {
      request,
      payloads,
      ofRequest: compiled(operation?.requestBody?.content[0]?.schema),
      ofPayload: compiled(operation?.responses[0]?.content.find((media) => media.mediaType === mediaType)?.schema),
    };
  });
  const bare = (): void => {
    for (const index of many.keys()) {
      const { request, payloads, ofRequest, ofPayload } = bodies[index % bodies.length]!;
      ofRequest(JSON.parse(request));
      for (const payload of payloads) ofPayload(JSON.parse(payload));
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
  const [plain] = asked;
  const body = JSON.stringify({ ...plain?.body, ...(stream && { stream }) });
  for (let index = 0; index < times; index++) {
    const answer = await fetch(`${url}/v1${plain?.path}`, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
    await answer.arrayBuffer();
  }
}

/** Answers a chat at once: whole, or in as many events. */
function createUpstream([plain]: readonly Recorded[]): http.Server {
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
      response.end(stream ? undefined : plain?.response);
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
