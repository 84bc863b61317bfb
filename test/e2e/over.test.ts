import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { assay, scratch } from '../helpers/assay.ts';
import { startProxy } from '../helpers/proxy.ts';
import { packContract, startReference } from '../helpers/reference.ts';

const contract = await packContract('2025-03');

test('a job that ended before it was to be cancelled decides nothing, in a recheck too', async () => {
  const reference = await startReference(contract);
  onTestFinished(() => reference.close());
  const authorization = `Bearer ${reference.apiKey}`;
  // Whoever looks at a batch or a job of the reference server lets it come to its end.
  const proxy = await startProxy(reference.origin, async (_, { method, path: asked }) => {
    const resource = /^(.*\/(?:batches|jobs)\/[^/]+)\/cancel$/.exec(asked)?.[1];
    if (method === 'POST' && resource !== undefined)
      await (await fetch(`${reference.origin}${resource}`, { headers: { authorization } })).body?.cancel();
  });
  const cwd = scratch();
  const only = ['createBatch', 'createFineTuningJob', 'cancelBatch', 'cancelFineTuningJob'].flatMap((one) => ['--only', one]);
  const run = ['run', proxy.url, ...only, '--allow', 'costly', '--phase', 'valid', '--max-inconclusive', '1', '--out', 'run'];
  const { code, stdout } = await assay(run, { cwd, env: { OPENAI_API_KEY: reference.apiKey } });
  expect(stdout).toContain('there was nothing left to cancel');
  expect(code).toBe(0);

  await assay(['recheck', 'run', '--out', 'again'], { cwd });
  const verdicts = ['run', 'again'].map((folder) => {
    const report = JSON.parse(readFileSync(path.join(cwd, folder, 'report.json'), 'utf8')) as { summary: { verdicts: unknown } };
    return report.summary.verdicts;
  });
  expect(verdicts[0]).toMatchObject({ inconclusive: 2, fail: 0, warn: 0, error: 0 });
  expect(verdicts[1]).toEqual(verdicts[0]);
});
