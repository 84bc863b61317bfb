import { describe, expect, test } from 'vitest';
import { reportRun } from '../../test/fixtures/report-run.ts';
import { reportOf } from '../../test/helpers/report.ts';
import type { OutcomeEvent, RunEvent } from '../model/index.ts';
import { createReportFold } from './index.ts';

const report = reportOf(reportRun);
const operation = (id: string) => report.operations.find((one) => one.id === id);

test('sums up cases by verdict and mode, and operations by what exercised them', () => {
  expect(report.summary).toEqual({
    verdicts: { fail: 4, error: 1, warn: 1, inconclusive: 3, unsupported: 1, pass: 4 },
    operations: { total: 7, exercisedValid: 4, exercisedInvalid: 2, recorded: 0 },
    cases: { valid: 7, invalid: 6, probe: 1, recorded: 0 },
    planned: { cases: 14, requests: 22 },
    requests: 13,
    durationMs: 2_345,
    findings: { fail: 3, warn: 1, error: 1, known: 0 },
    notes: 2,
  });
});

test('counts what was recorded as recorded, and exercises nothing by it', () => {
  const recorded = reportRun.flatMap((event): RunEvent[] => {
    if (event.type === 'plan') return [];
    return event.type === 'exchange' ? [{ ...event, case: { ...event.case, phase: 'recorded', mode: 'valid' } }] : [event];
  });
  const { cases, operations } = reportOf(recorded).summary;
  // One outcome is of a case that was never sent.
  expect(cases).toEqual({ valid: 1, invalid: 0, probe: 0, recorded: 13 });
  expect(operations.recorded).toBe(6);
});

test('counts for each erratum the exchanges that needed it, and their operations', () => {
  expect(report.errata.map(({ id, fired, operationIds }) => [id, fired, operationIds])).toEqual([['tea-age-null', 1, ['createTea']]]);
});

test('reads a journal in which each pass is an outcome of its own as the same run', () => {
  const told = reportRun.flatMap((event): RunEvent[] => {
    if (event.type !== 'passed') return [event];
    const { v, at, caseId, exchangeId, operationId } = event;
    return event.checkIds.map((checkId) => ({
      v,
      at,
      type: 'outcome',
      outcome: { caseId, exchangeId, operationId, checkId, status: 'pass', violations: [] },
    }));
  });
  expect(told.some((event) => event.type === 'outcome' && event.outcome.status === 'pass')).toBe(true);
  expect(reportOf(told)).toEqual(report);
});

test('gives an operation the worst verdict of its cases', () => {
  expect(report.operations.map(({ id, verdict }) => [id, verdict])).toEqual([
    ['listTeas', 'fail'],
    ['createTea', 'fail'],
    ['getTea', 'fail'],
    ['deleteTea', 'error'],
    ['brew', 'fail'],
    ['taste', 'unsupported'],
    ['pourAll', 'inconclusive'],
  ]);
});

test('counts an operation as exercised only by an accepted valid case and a proven refusal', () => {
  const exercised = (id: string) => [operation(id)?.exercisedValid, operation(id)?.exercisedInvalid];
  expect(exercised('createTea')).toEqual([true, true]);
  expect(exercised('listTeas')).toEqual([true, false]);
  expect(exercised('deleteTea')).toEqual([false, false]);
  expect(exercised('taste')).toEqual([false, false]);
});

test('makes one finding of one cause, the worst first, with its operations and its exchange', () => {
  expect(report.findings.map(({ fingerprint, verdict, count, operationIds }) => [fingerprint, verdict, count, operationIds])).toEqual([
    ['aaaaaaaaaaaaaaaa', 'fail', 2, ['createTea', 'getTea']],
    ['cccccccccccccccc', 'fail', 1, ['listTeas']],
    ['eeeeeeeeeeeeeeee', 'fail', 1, ['brew']],
    ['5cf102320f615c0a', 'error', 1, ['deleteTea']],
    ['bbbbbbbbbbbbbbbb', 'warn', 1, ['createTea']],
  ]);
  const shown = new Set(report.evidence.map(({ exchangeId }) => exchangeId));
  expect(report.findings.every(({ exchangeId }) => exchangeId !== undefined && shown.has(exchangeId))).toBe(true);
});

test('names the operation of the shown exchange first, the others in order', () => {
  const outcomes = reportRun.filter((event) => event.type === 'outcome' && event.outcome.checkId === 'no-server-error');
  const [outcome] = outcomes;
  if (outcome?.type !== 'outcome') throw new Error('the run lacks its 500');
  const others = ['getTea', 'brew', 'listTeas'].map((operationId) => ({ ...outcome, outcome: { ...outcome.outcome, operationId } }));
  const found = reportOf([...reportRun, ...others]).findings.find(({ checkId }) => checkId === 'no-server-error');
  expect(found?.operationIds).toEqual(['listTeas', 'brew', 'getTea']);
});

test('keeps notes apart from findings', () => {
  expect(report.notes).toMatchObject([
    { checkId: 'errata-used', rule: 'tea-age-null', count: 1 },
    { checkId: 'survives-probe', rule: 'bom', count: 1 },
  ]);
});

test('tells what could not be told, and why', () => {
  expect(report.inconclusive.map(({ reason, checkId, count, operationIds }) => [reason, checkId, count, operationIds])).toEqual([
    ['proves-nothing', 'invalid-rejected', 1, ['deleteTea']],
    ['no-producer', 'valid-accepted', 1, ['deleteTea']],
    ['no-check', undefined, 1, ['deleteTea']],
  ]);
  expect(report.unsupported).toMatchObject([{ operationId: 'taste', count: 1 }]);
  expect(report.skipped).toEqual([{ operationId: 'pourAll', why: 'class admin needs --allow admin' }]);
});

test('fills the coverage table from what was sent and how it ended', () => {
  expect(report.coverage.map(({ operationId, keyword, valid, invalid }) => [operationId, keyword, valid, invalid])).toEqual([
    ['createTea', 'enum', { sent: 1, accepted: 1 }, { sent: 1, rejected: 0, accepted: 1, inconclusive: 0, notExpressible: 0 }],
    ['createTea', 'maxLength', { sent: 1, accepted: 1 }, { sent: 1, rejected: 1, accepted: 0, inconclusive: 0, notExpressible: 0 }],
    ['getTea', 'type', { sent: 0, accepted: 0 }, { sent: 0, rejected: 0, accepted: 0, inconclusive: 0, notExpressible: 1 }],
    ['listTeas', 'maximum', { sent: 1, accepted: 1 }, { sent: 1, rejected: 0, accepted: 0, inconclusive: 0, notExpressible: 0 }],
  ]);
});

test('lists what came back: statuses, media types, union branches and enum members of how many', () => {
  expect(operation('createTea')?.seen).toEqual({
    statuses: [
      ['200', 2],
      ['400', 2],
    ],
    mediaTypes: [['application/json', 4]],
    unions: [{ pointer: '/components/schemas/Tea/properties/leaf/anyOf', seen: ['1'], of: 2 }],
    enums: [{ pointer: '/components/schemas/Tea/properties/kind', seen: ['"green"'], of: 3 }],
  });
});

test('measures streams', () => {
  expect(report.streams).toEqual([
    {
      operationId: 'brew',
      streams: 1,
      events: 10,
      firstEventMs: { count: 1, min: 12, median: 12, p95: 12, max: 12 },
      gaps: [[10, 9]],
      eventsPerSecond: 123.5,
      ends: [['closed', 1]],
      sample: 'c12',
    },
  ]);
});

test('gives the same report when the events went through a journal', () => {
  const journal = reportRun.map((event) => JSON.stringify(event)).map((line) => JSON.parse(line) as RunEvent);
  expect(reportOf(journal)).toEqual(report);
});

describe('a check whose status is weaker than its level', () => {
  const flaky = reportRun.map((event) =>
    event.type === 'outcome' && event.outcome.checkId === 'no-server-error'
      ? ({ ...event, outcome: { ...event.outcome, status: 'warn' } } satisfies OutcomeEvent)
      : event,
  );

  test('gives a finding of that status', () => {
    expect(reportOf(flaky).findings.find(({ checkId }) => checkId === 'no-server-error')?.verdict).toBe('warn');
  });
});

test('marks what the baseline knows, and names its entries that matched nothing', () => {
  const fold = createReportFold({
    baseline: {
      file: 'baseline.yaml',
      known: (fingerprint) => (fingerprint === 'aaaaaaaaaaaaaaaa' ? 'ticket 7' : undefined),
      gone: () => ['ffffffffffffffff'],
    },
  });
  for (const event of reportRun) fold.add(event);
  const known = fold.report();
  expect(known.findings.map((finding) => finding.known)).toEqual(['ticket 7', undefined, undefined, undefined, undefined]);
  expect(known.baseline).toEqual({ file: 'baseline.yaml', known: 1, gone: ['ffffffffffffffff'] });
});

test('keeps the first exchange of a finding, and of the others nothing', () => {
  const [outcome] = reportRun.filter((event) => event.type === 'outcome' && event.outcome.checkId === 'no-server-error');
  const [exchange] = reportRun.filter((event) => event.type === 'exchange' && event.case.id === 'c06');
  if (outcome?.type !== 'outcome' || exchange?.type !== 'exchange') throw new Error('the run lacks its 500');
  const fold = createReportFold();
  for (const event of reportRun.slice(0, 2)) fold.add(event);
  const body = { size: 100_000, text: 'x'.repeat(100_000) };
  for (let index = 0; index < 2_000; index++) {
    const id = `n${index}`;
    fold.add({
      ...exchange,
      case: { ...exchange.case, id },
      exchange: { ...exchange.exchange, id, response: { status: 500, headers: [], body } },
    });
    fold.add({ ...outcome, outcome: { ...outcome.outcome, caseId: id, exchangeId: id } });
  }
  const { findings, evidence } = fold.report();
  expect(findings.map(({ count, caseId }) => [count, caseId])).toEqual([[2_000, 'n0']]);
  expect(evidence.map(({ exchangeId, response }) => [exchangeId, response?.text?.length, response?.cut])).toEqual([['n0', 16_000, true]]);
});

test('refuses to report a run that never started', () => {
  expect(() => createReportFold().report()).toThrow('run-start');
});
