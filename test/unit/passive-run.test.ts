import { expect, test } from 'vitest';
import { openPassiveRun } from '../../src/cli/passive-run.ts';
import { buildContract } from '../../src/contract/index.ts';
import { guarded } from '../../src/engine/index.ts';
import type { Exchange } from '../../src/model/index.ts';

const kettles = {
  openapi: '3.1.0',
  info: { title: 'Kettles', version: '1' },
  paths: { '/kettles': { get: { operationId: 'listKettles', responses: { 200: { description: 'all' } } } } },
};
const exchange = (id: string, url: string): Exchange => ({
  id,
  request: { method: 'GET', url, headers: [] },
  response: { status: 200, headers: [], body: { size: 0 } },
  timings: { startedAt: 0, endMs: 1 },
});

test('an exchange on which Assay fails is named and counted, others are judged, and nobody says that all conforms', async () => {
  const contract = await buildContract(kettles);
  const run = openPassiveRun({ contract, reading: 'contract' }, {}, { target: 'test', options: {} });
  const recorded = { exchange: exchange('bad', 'http://kitchen.example/kettles'), missing: [] };
  const failed = guarded(recorded, run.judging, () => {
    throw new Error('out of water');
  });
  expect(failed).toMatchObject({ kind: 'unjudged', reason: 'Assay failed on it: out of water', defect: true });
  run.add(recorded, failed);
  run.add({ exchange: exchange('good', 'http://kitchen.example/kettles'), missing: [] });
  expect(run.summary).toMatchObject({ exchanges: 2, judged: 1, unjudged: 1, verdicts: { pass: 1 } });
  const { report, exitCode } = await run.finish([], true);
  expect(exitCode).toBe(2);
  expect(report.messages).toEqual(['1 not judged: Assay failed on it: out of water']);
});

test('what nobody can judge is no failure of Assay', async () => {
  const contract = await buildContract(kettles);
  const run = openPassiveRun({ contract, reading: 'contract' }, {}, { target: 'test', options: {} });
  run.add({ exchange: exchange('other', 'http://kitchen.example/teapots'), missing: [] });
  expect((await run.finish([], true)).exitCode).toBe(0);
});
