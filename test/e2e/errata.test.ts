import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { assay, scratch } from '../helpers/assay.ts';

test('errata lists what is wrong in the document and what grew since, not the rules', async () => {
  const { code, stdout, stderr } = await assay(['errata', '--contract', 'openai@2025-03']);
  const lines = stdout.trim().split('\n');
  expect(lines.length).toBeGreaterThan(150);
  expect(lines.filter((line) => !/^[a-z0-9-]+ +(wrong|grew) /.test(line))).toEqual([]);
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
  const { stdout } = await assay(['errata', run]);
  const fired = stdout.split('\n').filter((text) => !text.includes('fired 0x') && text !== '');
  expect(fired.map((text) => text.split(/\s+/, 2))).toEqual([['open-aifile-status-details-null', 'wrong']]);
});
