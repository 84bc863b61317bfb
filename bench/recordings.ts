import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

import { Ajv2020 } from 'ajv/dist/2020.js';

import { loadContract } from '../src/cli/contract.ts';
import { openPassiveRun } from '../src/cli/passive-run.ts';
import { createReferenceServer } from '../src/reference/index.ts';
import { readRecordings } from '../src/recordings/index.ts';
import { type Figure, compared } from './measure.ts';

const exchanges = 400;
const rounds = 21;

const chat = { model: 'gpt-4o-mini', messages: [{ role: 'user', content: 'Tell me all about tides. '.repeat(40) }] };

/** Requests that are recorded once and then checked again and again: answers of some kilobytes, as real recordings hold. */
export const asked: readonly { readonly path: string; readonly operationId: string; readonly body: object }[] = [
  { path: '/chat/completions', operationId: 'createChatCompletion', body: chat },
  { path: '/chat/completions', operationId: 'createChatCompletion', body: { ...chat, stream: true } },
  { path: '/responses', operationId: 'createResponse', body: { model: chat.model, input: chat.messages[0]?.content, stream: true } },
  { path: '/embeddings', operationId: 'createEmbedding', body: { model: 'text-embedding-3-small', input: ['tides', 'moons'] } },
];

/** One exchange with the reference server. */
export interface Recorded {
  readonly operationId: string;
  readonly request: string;
  readonly response: string;
  /** The JSON texts of the answer: one, or one for each event. */
  readonly payloads: readonly string[];
  readonly line: string;
}

/** Asks the reference server for each of {@link asked}. */
export async function record(): Promise<Recorded[]> {
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

/** Checking a recording against JSON.parse and ajv on the same bodies. */
export async function benchRecordings(): Promise<Figure[]> {
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
  const { ratio, first: bareMs, second: checkMs } = await compared(rounds, bare, check);
  rmSync(folder, { recursive: true, force: true });
  return [
    {
      name: 'check a recording / JSON.parse and ajv on its bodies',
      value: ratio.ms,
      unit: 'ratio',
      wanted: { atLeast: 0.4 },
      note: `${ratio.cpuMs.toFixed(2)} in processor time`,
    },
    {
      name: 'check a recording',
      value: (exchanges * 1000) / checkMs,
      unit: 'per second',
      note: `bare ${((exchanges * 1000) / bareMs).toFixed(0)} per second`,
    },
  ];
}
