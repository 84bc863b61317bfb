import { openJob } from '../cli/job.ts';
import type { Settings } from '../cli/settings.ts';
import type { Outcome, RunEvent } from '../model/index.ts';

/** The functions of vitest (or of a runner with the same ones) that the suite is written with. */
export interface TestRunner {
  describe(name: string, body: () => void): unknown;
  test(name: string, body: () => void | Promise<void>): unknown;
  beforeAll(body: () => Promise<void>, timeoutMs?: number): unknown;
  afterAll(body: () => Promise<void>): unknown;
}

/** What to run: the names of the flags of `assay run`. Without `target` the embedded reference server is the target. */
export type SuiteSettings = Settings;

const runTimeoutMs = 600_000;

/**
 * Declares the conformance run as tests: a `describe` for each operation, a test for each phase of it. The run itself
 * takes place once, before the first test; a test fails with what its operation broke in its phase.
 */
export async function conformance(runner: TestRunner, settings: SuiteSettings): Promise<void> {
  const job = await openJob(settings);
  /** What did not pass, by operation and phase; an empty list where all did. */
  const outcomes = new Map<string, Outcome[]>();
  const phaseOf = new Map<string, string>();
  runner.beforeAll(async () => {
    const result = await job.run((event: RunEvent) => {
      if (event.type !== 'passed' && event.type !== 'outcome') return;
      const { operationId, caseId } = event.type === 'passed' ? event : event.outcome;
      const key = keyOf(operationId, phaseOf.get(caseId) ?? '');
      const known = outcomes.get(key) ?? [];
      outcomes.set(key, known);
      if (event.type === 'outcome') known.push(event.outcome);
    });
    if (!result.smokePassed) throw new Error(result.messages.join(' '));
  }, runTimeoutMs);
  runner.afterAll(() => job.close());
  const byOperation = new Map<string, Set<string>>();
  for (const planned of job.cases()) {
    phaseOf.set(planned.id, planned.phase);
    byOperation.set(planned.operationId, (byOperation.get(planned.operationId) ?? new Set()).add(planned.phase));
  }
  for (const [operationId, phases] of byOperation) {
    runner.describe(operationId, () => {
      for (const phase of phases) {
        runner.test(phase, () => {
          const found = outcomes.get(keyOf(operationId, phase));
          if (found === undefined) throw new Error(`Nothing of the phase ${phase} of ${operationId} was judged.`);
          const broken = found.filter((outcome) => outcome.status === 'fail' || outcome.status === 'error');
          if (broken.length > 0) throw new Error(broken.map(sentenceOf).join('\n\n'));
        });
      }
    });
  }
}

function keyOf(operationId: string, phase: string): string {
  return JSON.stringify([operationId, phase]);
}

function sentenceOf(outcome: Outcome): string {
  const head = `${outcome.checkId}  case ${outcome.caseId}${outcome.detail ? `: ${outcome.detail}` : ''}`;
  return [head, ...outcome.violations.map((one) => `  expected  ${one.expected} at ${one.at}\n  actual    ${one.actual}`)].join('\n');
}
