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
import type { Case } from '../src/model/index.ts';
import { type Figure, median, timed } from './measure.ts';

const concurrency = 16;

/**
 * The whole loop (generate, validate, send, judge, journal) against a bare loop of the same bodies: ajv for request and
 * response, undici, JSON.parse. The server is the same trivial one, on another thread.
 */
export async function benchLoop(operationId: string, answer: unknown, cases: number): Promise<Figure[]> {
  const worker = new Worker(new URL('trivial-server.js', import.meta.url), { workerData: { body: JSON.stringify(answer) } });
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
  const sent: Case[] = [];
  const whole = async (): Promise<number> => {
    const folder = mkdtempSync(path.join(os.tmpdir(), 'assay-bench-'));
    const sender = createSender({ baseUrl: origin, concurrency });
    const ms = await timed(async () => {
      const options = {
        ...runOptionsOf(settings, loaded, undefined),
        pack: { ...loaded.pack!, smoke: [operationId], discover: [], thrift: [] },
      };
      const output = openOutput({ out: folder, force: true, report: [] }, options);
      const deps = prepare(options);
      await run(options, {
        ...deps,
        sender,
        onEvent: (event) => {
          if (event.type === 'exchange' && event.purpose === 'case') sent.push(event.case);
          output.onEvent(event);
        },
      });
      await output.finish();
    });
    await sender.close();
    rmSync(folder, { recursive: true, force: true });
    return ms / sent.length;
  };
  const wholeMs = await median(3, () => {
    sent.length = 0;
    return whole();
  });
  const bodies = sent.flatMap((one) => (one.request.body && 'json' in one.request.body ? [one.request.body.json] : []));
  const operation = loaded.contract.operations.find((one) => one.id === operationId);
  const ajv = new Ajv2020({ strict: false, allErrors: true, validateSchema: false, code: { optimize: false }, validateFormats: false });
  ajv.addSchema(loaded.contract.document as object, 'bench');
  const request = ajv.compile({ $ref: `bench#${operation?.requestBody?.content[0]?.schema ?? ''}` });
  const response = ajv.compile({ $ref: `bench#${operation?.responses[0]?.content[0]?.schema ?? ''}` });
  const pool = new Pool(origin, { connections: concurrency });
  const bareMs = await median(3, async () => {
    let next = 0;
    const ms = await timed(() =>
      Promise.all(
        Array.from({ length: concurrency }, async () => {
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
        }),
      ),
    );
    return ms / bodies.length;
  });
  await pool.close();
  await worker.terminate();
  return [
    { name: `${operationId}: whole loop / bare loop, cases a second`, value: bareMs / wholeMs, unit: 'ratio', wanted: { atLeast: 0.5 } },
    {
      name: `${operationId}: whole loop`,
      value: 1000 / wholeMs,
      unit: 'per second',
      note: `${bodies.length} cases, bare ${(1000 / bareMs).toFixed(0)} per second`,
    },
  ];
}
