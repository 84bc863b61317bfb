import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import type { RunEvent } from '../../src/model/index.ts';
import { type Running, scratch, startAssay } from '../helpers/assay.ts';
import { type Passed, startProxy } from '../helpers/proxy.ts';
import { packContract, startReference } from '../helpers/reference.ts';

test('an interrupted run finishes its journal, removes what it made, writes its reports and ends with 2', async () => {
  const reference = await startReference(await packContract('2025-03'));
  onTestFinished(() => reference.close());
  let running: Running | undefined;
  const proxy = await startProxy(reference.origin, async (passed) => {
    // The slowness of a real server, so that the run is in the middle of its work.
    await setTimeout(10);
    if (madeOf(passed).length < 5) return;
    running?.interrupt();
    // Another signal would end the process at once.
    running = undefined;
  });
  const cwd = scratch();
  const only = ['tag:Assistants', 'tag:Vector stores', 'tag:Files'].flatMap((pattern) => ['--only', pattern]);
  const started = startAssay(['run', proxy.url, ...only, '--out', 'run'], { cwd, env: { OPENAI_API_KEY: reference.apiKey } });
  running = started;
  const { code, stdout, stderr } = await started.ended;
  expect(stderr).toContain('stopping: finishing the journal and cleaning up.');
  expect(code).toBe(2);
  expect(stdout).toContain('interrupted');

  const events = readFileSync(path.join(cwd, 'run', 'journal.ndjson'), 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as RunEvent);
  expect(events.at(-1)).toMatchObject({ type: 'run-end', complete: false, exitCode: 2 });
  const removed = events.filter((event) => event.type === 'ledger' && event.action === 'removed');
  expect(removed.length).toBeGreaterThanOrEqual(5);
  expect(readdirSync(path.join(cwd, 'run'))).toEqual(expect.arrayContaining(['junit.xml', 'report.html', 'report.json', 'summary.md']));

  // The server agrees: nothing of what was made is left.
  const headers = { authorization: `Bearer ${reference.apiKey}`, 'openai-beta': 'assistants=v2' };
  const left = await Promise.all(
    madeOf(proxy.passed).map(async (made) => `${made}: ${(await fetch(`${reference.origin}/v1${made}`, { headers })).status}`),
  );
  expect(left.filter((line) => !line.endsWith(': 404'))).toEqual([]);
  expect(left.length).toBeGreaterThanOrEqual(5);
});

/** Where the resources stand that requests made. */
function madeOf(passed: readonly Passed[]): string[] {
  const creations = passed.filter((one) => one.method === 'POST' && one.status === 200 && /^(?:\/v1)?\/\w+$/.test(one.path));
  return creations.map((one) => `${one.path.replace(/^\/v1/, '')}/${(JSON.parse(one.body) as { readonly id: string }).id}`);
}
