import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { root } from '../helpers/assay.ts';
import { command } from '../helpers/command.ts';

test('the examples of CONTRIBUTING.md compile where they say that they stand', async () => {
  const text = readFileSync(path.join(root, 'CONTRIBUTING.md'), 'utf8');
  const examples = [...text.matchAll(/```ts\n\/\/ (\S+)\n([^]*?)```/g)];
  expect(examples.length).toBe(5);
  // Inside of the package, which imports itself by its name; seen by the compiler as laid over the sources.
  const folder = mkdtempSync(path.join(root, 'node_modules', '.examples-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  for (const [, name = '', code = ''] of examples) {
    mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    writeFileSync(path.join(folder, name), code);
  }
  const compilerOptions = { rootDir: root, rootDirs: [root, folder], typeRoots: [path.join(root, 'node_modules', '@types')] };
  const files = examples.map(([, name = '']) => path.join(folder, name));
  writeFileSync(
    path.join(folder, 'tsconfig.json'),
    JSON.stringify({ extends: path.join(root, 'tsconfig.json'), compilerOptions, include: [], files }),
  );
  const compiled = await command(path.join(root, 'node_modules', '.bin', 'tsc'), ['--noEmit', '-p', folder], { cwd: root });
  expect(compiled.stdout).toBe('');
  expect(compiled.code).toBe(0);
});
