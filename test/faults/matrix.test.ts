import { beforeAll, describe, expect, test } from 'vitest';
import { genericChecks } from '../../src/checks/index.ts';
import type { Fault } from '../../src/model/index.ts';
import { genericFaults } from '../../src/reference/index.ts';
import { checks as packChecks } from '../../suites/openai/checks/index.ts';
import { faults as packFaults } from '../../suites/openai/faults/index.ts';
import { type FaultBench, faultBench } from '../helpers/fault-run.ts';

const all = process.env['ASSAY_TEST_ALL'] === '1';

/** A part of the contract that has every kind of request: lists, creations, lookups, deletions, files, streams. */
const smokePart = [
  'listModels',
  'retrieveModel',
  '*Assistant',
  'listAssistants',
  'createModeration',
  'createFile',
  'listFiles',
  'list-users',
];
/** More of the same; what answers with megabytes is left out, for every fault runs it again. */
const widePart = [...smokePart, '*Thread', '*VectorStore*', '*project*'];
const streamPart = ['createCompletion', 'createRun'];

/** Checks that no fault of the reference server can show, each with the reason. */
const waived: Readonly<Record<string, string>> = {
  'latency-within-limit': 'It speaks only where the user set a limit with --max-latency; its own test shows it.',
  'request-valid': 'It judges the requests of recorded traffic; those of a run are valid before they are sent.',
};

/** Faults that only a member shows that the smallest requests leave out. */
const needCoverage = new Set([
  'last-id-stale',
  'metadata-lost',
  'null-limit-refused',
  'one-choice-only',
  'one-image-only',
  'transcript-as-json',
]);
const overStreams = new Set(['stream-without-end', 'stream-compressed', 'stream-held-back']);

/** Where a fault is run that would be seen by the checks of the pack elsewhere: a page of a list has a limit that was not understood. */
const runOn: Readonly<Record<string, readonly string[]>> = {
  'query-unchecked': ['usage-moderations'],
  // Probes of the wider part name ids that nobody made, too: `survives-probe` would see these faults there as well.
  'hang-on-unknown': smokePart,
  'lookup-crashes': smokePart,
  'malformed-refusal': smokePart,
  'reset-on-unknown': smokePart,
};

const sees = (fault: Fault): string[] => [fault.breaks, ...(fault.alsoBreaks ?? []).map(({ check }) => check)].toSorted();
const named = (faults: readonly Fault[]) => faults.map((fault) => [fault.id, fault] as const);
const base = { contract: 'openai@2025-03', seed: 1 } as const;

describe('the faults that any contract can have', () => {
  let bench: FaultBench;
  let streams: FaultBench;
  beforeAll(async () => {
    bench = await faultBench({ ...base, phase: ['valid', 'invalid', 'probe'], only: all ? widePart : smokePart });
    streams = await faultBench({ ...base, phase: ['stream'], only: streamPart });
  });

  test('without a fault nothing is found, and the server breaks its contract nowhere', async () => {
    for (const clean of [await bench.run([]), await streams.run([])]) {
      expect({ found: clean.found, complaints: clean.complaints }).toEqual({ found: [], complaints: [] });
      expect(clean.outcomes.length).toBeGreaterThan(100);
    }
  });

  const plain = genericFaults.filter((fault) => fault.breaks !== 'headers-valid' && !overStreams.has(fault.id));
  test.each(named(plain))('%s is found by exactly the checks that it names', async (_, fault) => {
    const idleMs = fault.wire === 'hang' ? 1000 : undefined;
    expect((await bench.run([fault], runOn[fault.id], idleMs)).found).toEqual(sees(fault));
  });

  test('stream-compressed and stream-held-back are found by exactly the checks that they name', async () => {
    for (const fault of genericFaults.filter((one) => ['stream-compressed', 'stream-held-back'].includes(one.id))) {
      expect((await streams.run([fault], ['createRun'])).found).toEqual(sees(fault));
    }
  });

  test('stream-without-end is found by stream rules and by nothing else', async () => {
    const { outcomes } = await streams.run(genericFaults.filter((fault) => fault.id === 'stream-without-end'));
    const wrong = outcomes.filter(({ status }) => status === 'fail' || status === 'warn');
    expect([...new Set(wrong.map((outcome) => outcome.checkId))]).toEqual(['stream-rules']);
  });

  test('headers that a document demands are missed', async () => {
    const sink = await faultBench({ spec: 'test/fixtures/kitchen-sink-3.0.json', seed: 1, phase: ['valid'] });
    expect((await sink.run([])).found).toEqual([]);
    expect((await sink.run(genericFaults.filter((fault) => fault.breaks === 'headers-valid'))).found).toEqual(['headers-valid']);
  });
});

describe('the faults of real servers of the API', () => {
  let bench: FaultBench;
  let deep: FaultBench;
  beforeAll(async () => {
    bench = await faultBench({ ...base, phase: ['valid', 'invalid', 'scenario', 'stream'] });
    deep = await faultBench({ ...base, phase: ['valid', 'coverage'] });
  });
  const benchOf = (fault: Fault) => (needCoverage.has(fault.id) ? deep : bench);

  // The smoke part takes every third fault; the long form takes all.
  const tried = packFaults.filter((_, index) => all || index % 3 === 0);
  test.each(named(tried))('%s is found by exactly the checks that it names', async (_, fault) => {
    expect((await benchOf(fault).run([fault], fault.operations)).found).toEqual(sees(fault));
  });

  test('without a fault the operations that they act on have no finding', async () => {
    const operations = (faults: readonly Fault[]) => [...new Set(faults.flatMap((fault) => fault.operations ?? []))];
    const covered = tried.filter((fault) => needCoverage.has(fault.id));
    expect((await bench.run([], operations(tried))).found).toEqual([]);
    if (covered.length > 0) expect((await deep.run([], operations(covered))).found).toEqual([]);
  });
});

describe('the list of faults', () => {
  const faults = [...genericFaults, ...packFaults];

  test('has a fault for every check that is not waived, and no stale waiver', () => {
    const broken = new Set(faults.flatMap(sees));
    const without = [...genericChecks, ...packChecks].map((check) => check.id).filter((id) => !broken.has(id));
    expect(without.toSorted()).toEqual(Object.keys(waived).toSorted());
  });

  test('names each fault once, with at most two checks beside its own, each for a reason', () => {
    expect(new Set(faults.map(({ id }) => id)).size).toBe(faults.length);
    for (const { alsoBreaks = [] } of faults) {
      expect(alsoBreaks.length).toBeLessThanOrEqual(2);
      expect(alsoBreaks.every(({ reason }) => reason.length > 20)).toBe(true);
    }
  });
});
