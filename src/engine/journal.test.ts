import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { openJournal, readJournal } from './journal.ts';

const folder = mkdtempSync(path.join(os.tmpdir(), 'assay-journal-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('holds every line as it was written, short ones and those longer than what is gathered', async () => {
  const journal = openJournal(path.join(folder, 'lines'), false);
  const lines = [
    '{"a":"é漢😀"}',
    'x'.repeat(300_000),
    ...Array.from({ length: 5000 }, (_, index) => `line ${index} ü`),
    '漢'.repeat(100_000),
  ];
  for (const line of lines) journal.write(line);
  await journal.close();
  expect(readFileSync(journal.file, 'utf8').split('\n')).toEqual([...lines, '']);
});

test('reads both versions, and no other', async () => {
  const event = (v: number) => JSON.stringify({ v, at: 0, type: 'budget', limit: 'time', detail: '', notRun: 0 });
  const read = async (...lines: string[]): Promise<number> => {
    writeFileSync(path.join(folder, 'journal.ndjson'), `${lines.join('\n')}\n`);
    let count = 0;
    for await (const one of readJournal(folder)) count += one.type === 'budget' ? 1 : 0;
    return count;
  };
  expect(await read(event(1), event(2))).toBe(2);
  await expect(read(event(3), event(2))).rejects.toThrow('line 1: expected a run event of version 1 or 2');
});
