import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { root, scratch } from '../helpers/assay.ts';
import { command } from '../helpers/command.ts';
import { systemNode } from '../helpers/system-node.ts';

const found = systemNode();
const sentence = /^assay needs Node 22\.19 or newer; this is Node [\d.]+\. Install a newer Node and run it again\.\n$/;

/** A copy of bin.js with another version in the place of this Node's. */
function pretending(version: string): string {
  const file = path.join(scratch(), 'bin.cjs');
  writeFileSync(file, readFileSync(path.join(root, 'bin.js'), 'utf8').replaceAll('process.versions.node', JSON.stringify(version)));
  return file;
}

test.skipIf(!found || found.isNewEnough)('an old Node of this machine prints one sentence', async () => {
  const { code, stdout, stderr } = await command(found?.file ?? '', ['bin.js', 'run'], { cwd: root });
  expect(stderr).toMatch(sentence);
  expect(stdout).toBe('');
  expect(code).toBe(2);
});

test.skipIf(!found?.isNewEnough)('a new Node of this machine prints the version', async () => {
  const { code, stdout } = await command(found?.file ?? '', ['--conditions=assay-source', 'bin.js', '--version'], { cwd: root });
  expect(stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  expect(code).toBe(0);
});

test.each(['0.12.18', '18.20.8', '20.20.2', '21.7.3', '22.18.0'])('Node %s is too old', async (version) => {
  const { code, stderr } = await command(process.execPath, [pretending(version)], { cwd: root });
  expect(stderr).toMatch(sentence);
  expect(stderr).toContain(version);
  expect(code).toBe(2);
});

test.each(['22.19.0', '22.20.1', '23.0.0', '24.21.0'])('Node %s is new enough', async (version) => {
  const { stderr } = await command(process.execPath, [pretending(version)], { cwd: root });
  // The copy goes on to import what does not stand beside it.
  expect(stderr).toContain('Cannot find module');
  expect(stderr).not.toContain('needs Node');
});

test('an old Node can parse what it is asked to run', () => {
  const text = readFileSync(path.join(root, 'bin.js'), 'utf8');
  expect(text).not.toMatch(/^(?:import|export)\b|=>|`|\b(?:const|let|class|await|async)\b|\?\.|\?\?/m);
});
