import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { buildContract, loadDocument, loadOverlay } from '../src/contract/index.ts';
import { compareOracles } from './helpers/second-oracle.ts';
import { intendedDifferences } from './helpers/intended-differences.ts';

const root = path.join(import.meta.dirname, '..');
const overlays = ['common', '2025-03'];
const contracts: readonly (readonly [string, string, readonly string[]])[] = [
  ['openai@2025-01', 'spec/openai/2025-01.json', ['common', '2025-01']],
  ['openai@2025-03', 'spec/openai/2025-03.json', overlays],
  ['the 3.0 kitchen sink', 'test/fixtures/kitchen-sink-3.0.json', []],
  ['the 3.1 kitchen sink', 'test/fixtures/kitchen-sink-3.1.yaml', []],
];

describe('generated request values under a second validator that reads the document in its own dialect', () => {
  test.each(contracts)('50 values of every request schema of %s are valid, but for the named differences', async (_, file, names) => {
    const { document } = await loadDocument(path.join(root, file));
    const loaded = await Promise.all(names.map((name) => loadOverlay(path.join(root, 'suites/openai/overlays', `${name}.yaml`))));
    const contract = await buildContract(document, { overlays: loaded });

    const { values, refusedByAjv, differences } = await compareOracles(contract, 50);

    expect(values).toBeGreaterThan(500);
    expect(refusedByAjv).toEqual([]);
    expect([...differences.keys()].filter((place) => !intendedDifferences.has(place))).toEqual([]);
  });
});
