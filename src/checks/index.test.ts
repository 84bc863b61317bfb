import { readdirSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { genericChecks } from './index.ts';

const helpers = new Set(['answer.ts', 'difference.ts', 'define.ts', 'error-schema.ts', 'index.ts', 'refusal.ts', 'violations.ts']);
const files = readdirSync(import.meta.dirname).filter((file) => !file.endsWith('.test.ts') && !helpers.has(file));

/** Made for a document, where it was repaired: not among those that hold for every API. */
const made = ['errata-used'];

test('every file is one check, named for its id, and has a test beside it', () => {
  expect([...genericChecks.map(({ id }) => id), ...made].map((id) => `${id}.ts`).toSorted()).toEqual(files.toSorted());
  const tests = new Set(readdirSync(import.meta.dirname).filter((file) => file.endsWith('.test.ts')));
  expect(files.filter((file) => !tests.has(`${path.basename(file, '.ts')}.test.ts`))).toEqual([]);
});

test('what was only observed is never a MUST', () => {
  expect(genericChecks.filter(({ requirement }) => requirement.source === 'observed' && requirement.level === 'MUST')).toEqual([]);
});
