import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { assay, scratch } from '../helpers/assay.ts';

interface Erratum {
  readonly id: string;
  readonly kind: string;
  readonly fired?: number;
}

test('errata lists every action with its kind, and no stale one', async () => {
  const { code, stdout, stderr } = await assay(['errata', '--contract', 'openai@2025-03', '--json']);
  const errata = JSON.parse(stdout) as readonly Erratum[];
  expect(errata.length).toBeGreaterThan(150);
  expect(new Set(errata.map(({ kind }) => kind))).toEqual(new Set(['wrong', 'grew', 'rule']));
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
});

test('errata of a checked recording says which fired', async () => {
  const folder = scratch();
  const recording = path.join(folder, 'files.jsonl');
  const file = {
    id: 'file-1',
    object: 'file',
    bytes: 1,
    created_at: 1,
    filename: 'a',
    purpose: 'assistants',
    status: 'processed',
    status_details: null,
  };
  const line = {
    method: 'GET',
    path: '/files/file-1',
    status: 200,
    response_headers: { 'content-type': 'application/json' },
    response_body: JSON.stringify(file),
  };
  writeFileSync(recording, `${JSON.stringify(line)}\n`);
  const run = path.join(folder, 'run');
  const checked = await assay(['check', recording, '--out', run]);
  expect(checked.code).toBe(0);
  const { stdout } = await assay(['errata', run, '--json']);
  const fired = (JSON.parse(stdout) as readonly Erratum[]).filter((erratum) => erratum.fired !== 0);
  expect(fired.map(({ id, fired: times }) => [id, times])).toEqual([['open-aifile-status-details-null', 1]]);
});
