import { existsSync, readFileSync, readdirSync, readlinkSync } from 'node:fs';
import path from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import { assay, root, scratch } from '../helpers/assay.ts';

function readJson(...parts: readonly string[]): unknown {
  return JSON.parse(readFileSync(path.join(...parts), 'utf8'));
}

describe('the main job', () => {
  const editions = [['openai@2025-03', 126] as const, ['openai@2025-01', 110] as const];
  // The older edition is a part of the newer one: the short tests run the newer one only.
  test.each(editions.slice(0, process.env['ASSAY_TEST_ALL'] === '1' ? 2 : 1))(
    'runs all of %s against the embedded server and finds nothing',
    async (contract, operations) => {
      const cwd = scratch();
      const { code, stdout, stderr } = await assay(['run', '--contract', contract], { cwd });
      expect(`${stdout}${stderr}`).toContain('No failure and no warning. Exit code 0.');
      expect(code).toBe(0);
      const folder = path.join(cwd, 'reports', readlinkSync(path.join(cwd, 'reports', 'latest')));
      expect(readdirSync(folder).toSorted()).toEqual([
        'coverage.txt',
        'ctrf.json',
        'journal.ndjson',
        'junit.xml',
        'report.html',
        'report.json',
        'summary.md',
      ]);
      const report = readJson(folder, 'report.json');
      expect(report).toMatchObject({
        contract: { id: contract, operations },
        seed: 1,
        summary: {
          operations: { total: operations, exercisedValid: operations, exercisedInvalid: operations },
          verdicts: { fail: 0, error: 0, inconclusive: 0 },
        },
        findings: [],
      });
      const validate = new Ajv2020({ strict: false }).compile(readJson(root, 'reports', 'report.schema.json') as object);
      expect(validate(report), JSON.stringify(validate.errors)).toBe(true);

      const again = await assay(['recheck', 'latest'], { cwd });
      expect(again.code).toBe(0);
      const verdicts = /^verdicts .*$/m;
      expect(verdicts.exec(again.stdout)?.[0]).toBe(verdicts.exec(stdout)?.[0]);
    },
  );

  test('never overwrites a journal without --force', async () => {
    const cwd = scratch();
    const args = ['run', '--only', 'listModels', '--out', 'here'];
    expect((await assay(args, { cwd })).code).toBe(0);
    const refused = await assay(args, { cwd });
    expect(refused.stderr).toContain('already holds a journal');
    expect(refused.code).toBe(2);
    expect((await assay([...args, '--force'], { cwd })).code).toBe(0);
    expect(existsSync(path.join(cwd, 'here', 'report.json'))).toBe(true);
  });

  test('runs any other document against a server made from it', async () => {
    const { code, stdout } = await assay(['run', '--spec', path.join(root, 'test', 'fixtures', 'kitchen-sink-3.1.yaml')]);
    expect(stdout).toMatch(/No failure/);
    expect(code).toBe(0);
  });
});
