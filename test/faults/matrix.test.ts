import { beforeAll, describe, expect, test } from 'vitest';
import { genericChecks } from '../../src/checks/index.ts';
import type { Fault } from '../../src/model/index.ts';
import { genericFaults } from '../../src/reference/index.ts';
import { type FaultBench, faultBench } from '../helpers/fault-run.ts';

const all = process.env['ASSAY_TEST_ALL'] === '1';

/** A part of the contract that has every kind of request: lists, creations, lookups, deletions, costly calls, files. */
const smokePart = [
  'listModels',
  'retrieveModel',
  '*Assistant',
  'listAssistants',
  'createEmbedding',
  'createFile',
  'listFiles',
  'list-users',
];

/** Checks that no fault of the reference server can show, each with the reason. */
const waived: Readonly<Record<string, string>> = {
  'latency-within-limit': 'It speaks only where the user set a limit with --max-latency; its own test shows it.',
};

const phases = ['valid', 'invalid', 'probe'] as const;
const sees = (fault: Fault): string[] => [fault.breaks, ...(fault.alsoBreaks ?? []).map(({ check }) => check)].toSorted();

describe('the fault matrix of openai@2025-03', () => {
  let bench: FaultBench;
  beforeAll(async () => {
    bench = await faultBench({ contract: 'openai@2025-03', seed: 1, phase: [...phases], ...(!all && { only: smokePart }) });
  });

  test('without a fault nothing is found, and the server breaks its contract nowhere', async () => {
    const { found, complaints, outcomes } = await bench.run([]);
    expect({ found, complaints }).toEqual({ found: [], complaints: [] });
    expect(outcomes.length).toBeGreaterThan(300);
  });

  test.each(genericFaults.filter((fault) => fault.breaks !== 'headers-valid').map((fault) => [fault.id, fault] as const))(
    '%s is found by exactly the checks that it names',
    async (_, fault) => {
      const { found } = await bench.run([fault], fault.operations ?? []);
      expect(found).toEqual(sees(fault));
    },
  );
});

describe('the fault matrix of a document without a pack', () => {
  const headersFault = genericFaults.filter((fault) => fault.breaks === 'headers-valid');

  test('headers that a document demands are missed', async () => {
    const bench = await faultBench({ spec: 'test/fixtures/kitchen-sink-3.0.json', seed: 1, phase: ['valid'] });
    expect((await bench.run([])).found).toEqual([]);
    expect((await bench.run(headersFault)).found).toEqual(['headers-valid']);
  });
});

describe('the list of faults', () => {
  test('has a fault for every generic check that is not waived, and no stale waiver', () => {
    const broken = new Set(genericFaults.flatMap(sees));
    const without = genericChecks.map((check) => check.id).filter((id) => !broken.has(id));
    expect(without.toSorted()).toEqual(Object.keys(waived).toSorted());
  });

  test('names each fault once, with at most two checks beside its own, each for a reason', () => {
    expect(new Set(genericFaults.map(({ id }) => id)).size).toBe(genericFaults.length);
    for (const { alsoBreaks = [] } of genericFaults) {
      expect(alsoBreaks.length).toBeLessThanOrEqual(2);
      expect(alsoBreaks.every(({ reason }) => reason.length > 20)).toBe(true);
    }
  });
});
