import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Worker } from 'node:worker_threads';

import { Ajv2020 } from 'ajv/dist/2020.js';
import { Pool } from 'undici';

import { loadContract } from '../src/cli/contract.ts';
import { openOutput } from '../src/cli/output.ts';
import { prepare } from '../src/cli/prepare.ts';
import { runOptionsOf } from '../src/cli/run-options.ts';
import { run } from '../src/engine/index.ts';
import { createSender } from '../src/http/index.ts';
import type { Case, NameValue } from '../src/model/index.ts';
import { type Figure, type Spent, median, spent } from './measure.ts';

const concurrency = 16;
/** Whole and bare loop take turns: what else the machine does slows both. */
const rounds = 5;

/** What the trivial server answers a valid request with, and the members of the request that it repeats. */
export interface TrivialAnswer {
  readonly body: object;
  readonly echo: readonly string[];
}

/**
 * The whole loop (generate, validate, send, judge, journal) against a bare loop of the same bodies: ajv for request and
 * response, undici, JSON.parse. Half of the cases are invalid and are refused, as on a target that keeps its contract. The
 * server is the same trivial one, on another thread. Beside the ratio of the clock stands that of the processor time of the
 * client's thread, which says more on a busy machine.
 *
 * What was measured on two busy cores (createVectorStore, bodies of 140 characters), as a ratio in processor time: at first 0.09,
 * then 0.14, then 0.18 to 0.20, while a third of the requests went (drawn controls were sent again one by one) that cost nearly
 * nothing to make. What went: an event was walked string by string for secrets, now its line is searched once; each pass was an
 * event of its own, ten for an exchange, now one; two timers for each request, now one for all; answers parsed three times and
 * requests twice, now once and never; the choices of a draw were remembered by long texts, now place by place; breaches were made
 * that a drawn case cannot use. What is left is spread thin, in microseconds of processor time for a request of 200: writing the
 * event (its line, the search for secrets, journal, report) 45, drawing and proving the case 35, the checks 35, undici and the
 * system's send 50 (the bare loop's own 35 to 40 are in there), collecting garbage 20, everything else 15.
 */
export async function benchLoop(operationId: string, answer: TrivialAnswer, cases: number): Promise<Figure[]> {
  const worker = new Worker(new URL('trivial-server.js', import.meta.url), {
    workerData: { body: JSON.stringify(answer.body), echo: answer.echo },
  });
  const [port] = (await once(worker, 'message')) as [number];
  const origin = `http://127.0.0.1:${port}`;
  const loaded = await loadContract({});
  const settings = {
    target: `${origin}/v1`,
    only: [operationId],
    phase: ['property'],
    propertyCases: cases,
    concurrency,
    allow: ['costly', 'admin'],
    maxRequests: 10_000_000,
    model: 'm',
  };
  const { pack } = loaded;
  if (!pack) throw new Error('The bench needs the pack of the default contract.');
  const options = { ...runOptionsOf(settings, loaded, undefined), pack: { ...pack, smoke: [operationId], discover: [], thrift: [] } };
  // Made once, as the validators of the bare loop are: what is compared is the loop, not the start.
  const deps = prepare(options);
  const whole = async (): Promise<Loop> => {
    const folder = mkdtempSync(path.join(os.tmpdir(), 'assay-bench-'));
    const sender = createSender({ baseUrl: origin, concurrency });
    const sent: Case[] = [];
    const cost = await spent(async () => {
      const output = openOutput({ out: folder, force: true, report: [] }, options);
      const broken = new Map<string, string>();
      await run(options, {
        ...deps,
        source: { ...deps.source, cases: (of, phase) => [...deps.source.cases(of, phase)].map((planned) => noted(planned, broken)) },
        sender: { ...sender, send: (request, more) => sender.send(refusable(request, broken.get(more.caseId ?? '')), more) },
        onEvent: (event) => {
          if (event.type === 'exchange') sent.push(event.case);
          output.onEvent(event);
        },
      });
      await output.finish();
    });
    await sender.close();
    rmSync(folder, { recursive: true, force: true });
    return { ...cost, bodies: sent.flatMap((one) => (one.request.body && 'json' in one.request.body ? [one.request.body.json] : [])) };
  };
  const operation = loaded.contract.operations.find((one) => one.id === operationId);
  const ajv = new Ajv2020({ strict: false, allErrors: true, validateSchema: false, code: { optimize: false }, validateFormats: false });
  ajv.addSchema(loaded.contract.document as object, 'bench');
  const request = ajv.compile({ $ref: `bench#${operation?.requestBody?.content[0]?.schema ?? ''}` });
  const response = ajv.compile({ $ref: `bench#${operation?.responses[0]?.content[0]?.schema ?? ''}` });
  const pool = new Pool(origin, { connections: concurrency });
  const bare = async (bodies: readonly unknown[]): Promise<Loop> => {
    let next = 0;
    const send = async (): Promise<void> => {
      for (let body = bodies[next++]; body !== undefined; body = bodies[next++]) {
        request(body);
        const reply = await pool.request({
          path: '/v1/x',
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(body),
        });
        response(JSON.parse(await reply.body.text()));
      }
    };
    return { ...(await spent(() => Promise.all(Array.from({ length: concurrency }, send)))), bodies };
  };
  const wholes: Loop[] = [];
  const bares: Loop[] = [];
  for (let round = 0; round < rounds; round++) {
    const one = await whole();
    wholes.push(one);
    bares.push(await bare(one.bodies));
  }
  await pool.close();
  await worker.terminate();
  const ratio = async (of: 'ms' | 'cpuMs'): Promise<number> =>
    median(rounds, (round) => (bares[round]?.[of] ?? 0) / (wholes[round]?.[of] ?? 1));
  const count = wholes[0]?.bodies.length ?? 0;
  const wholeMs = await median(rounds, (round) => wholes[round]?.ms ?? 0);
  const bareMs = await median(rounds, (round) => bares[round]?.ms ?? 0);
  return [
    {
      name: `${operationId}: whole loop / bare loop, requests a second`,
      value: await ratio('ms'),
      unit: 'ratio',
      wanted: { atLeast: 0.5 },
    },
    { name: `${operationId}: the same in processor time of the client`, value: await ratio('cpuMs'), unit: 'ratio' },
    {
      name: `${operationId}: whole loop`,
      value: (1000 * count) / wholeMs,
      unit: 'per second',
      note: `${count} requests, bare ${((1000 * count) / bareMs).toFixed(0)} per second`,
    },
  ];
}

interface Loop extends Spent {
  readonly bodies: readonly unknown[];
}

function noted(planned: Case, broken: Map<string, string>): Case {
  if (planned.mutation) broken.set(planned.id, planned.mutation.instancePath.split('/')[1] ?? '');
  return planned;
}

/** Asks the server to refuse a broken request, and to name the member. */
function refusable<Request extends { readonly headers: readonly NameValue[] }>(request: Request, member: string | undefined): Request {
  if (member === undefined) return request;
  return { ...request, headers: [...request.headers, ['x-bench-refuse', encodeURIComponent(member)]] };
}
