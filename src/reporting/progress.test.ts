import { expect, test } from 'vitest';
import { reportRun } from '../../test/fixtures/report-run.ts';
import { createProgress } from './index.ts';

function written(isTTY: boolean): string[] {
  const parts: string[] = [];
  const progress = createProgress({ isTTY, columns: 60, write: (text) => parts.push(text) });
  for (const event of reportRun) progress.add({ ...event, at: event.at * 100 });
  progress.end();
  return parts;
}

test('rewrites one line on a terminal, never wider than it, and leaves it clean', () => {
  const parts = written(true);
  expect(parts.length).toBeGreaterThan(10);
  expect(parts.every((part) => part.startsWith('\r\u001B[2K') && part.length <= 60 + 5 && !part.includes('\n'))).toBe(true);
  expect(parts.at(-1)).toBe('\r\u001B[2K');
});

test('writes a line now and then into a log, without control sequences', () => {
  expect(written(false)).toEqual([
    '600 ms  0 requests, 14 cases planned  none  \n',
    '10.8 s  12 requests, 14 cases planned  4 pass, 1 unsupported, 1 inconclusive, 1 warn, 1 error, 3 fail  POST /teas/{teaId}/brew\n',
  ]);
});
