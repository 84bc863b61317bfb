import type { Case, OutcomeEvent, RunEvent } from '../model/index.ts';
import type { RunOptions } from './options.ts';
import { type RunDeps, run } from './run.ts';

/** What sending a case again showed, against what its run recorded. */
export type ReplayVerdict = 'SAME' | 'FIXED' | 'CHANGED' | 'FLAKY';

export interface ReplayResult {
  /** Absent where the case could not be sent: `messages` say why. */
  readonly verdict: ReplayVerdict | undefined;
  /** The outcomes of each try other than passes, in order. */
  readonly tries: readonly (readonly OutcomeEvent[])[];
  /** Sentences of the last try: why nothing could be sent, for one. */
  readonly messages: readonly string[];
}

/** A case of an earlier run, and what that run recorded of it. */
export interface ReplayedCase {
  readonly planned: Case;
  /** As it was sent then: the plan of today may hold another. */
  readonly control?: Case;
  /** Fingerprints of what was found then. */
  readonly recorded: ReadonlySet<string>;
}

const maxTries = 3;

/** Fingerprints of what counts in outcomes: notes change nothing, so they are left out. */
export function countedFingerprints(events: readonly OutcomeEvent[]): ReadonlySet<string> {
  return new Set(
    events.flatMap(({ outcome, fingerprints }) =>
      outcome.violations.flatMap((violation, index) => (violation.level === 'MAY' ? [] : [fingerprints?.[index] ?? ''])),
    ),
  );
}

/**
 * Sends one case of an earlier run again, with its set-up and control: SAME when it shows what was recorded, FIXED when
 * it shows nothing any more three times, CHANGED when it shows something else three times, FLAKY when the tries differ.
 */
export async function replay(options: RunOptions, deps: Omit<RunDeps, 'onEvent'>, asked: ReplayedCase): Promise<ReplayResult> {
  const { planned, recorded } = asked;
  const tries: OutcomeEvent[][] = [];
  let messages: readonly string[] = [];
  for (let attempt = 0; attempt < maxTries; attempt++) {
    const outcomes: OutcomeEvent[] = [];
    let passed = 0;
    const source: RunDeps['source'] = {
      control: (operation) => deps.source.control(operation),
      controlById: (id) => (id === asked.control?.id ? asked.control : deps.source.controlById(id)),
      cases: (operation, phase) => (operation.id === planned.operationId && phase === planned.phase ? [planned] : []),
      standIn: (one) => deps.source.standIn(one),
      smaller: () => [],
      unplanned: () => [],
    };
    const onEvent = (event: RunEvent): void => {
      if (event.type === 'outcome' && event.outcome.caseId === planned.id) outcomes.push(event);
      if (event.type === 'passed' && event.caseId === planned.id) passed++;
    };
    const result = await run({ ...options, phases: [planned.phase], only: [], skip: [], concurrency: 1 }, { ...deps, source, onEvent });
    messages = result.messages;
    const unsent = outcomes.find(({ outcome }) => outcome.exchangeId === undefined);
    if (unsent || outcomes.length + passed === 0)
      return { verdict: undefined, tries: [], messages: [...messages, unsent?.outcome.detail ?? 'The case was not sent.'] };
    tries.push(outcomes);
    if (attempt === 0 && same(countedFingerprints(outcomes), recorded)) break;
  }
  return { verdict: verdictOf(tries.map(countedFingerprints), recorded), tries, messages };
}

function verdictOf(shown: readonly ReadonlySet<string>[], recorded: ReadonlySet<string>): ReplayVerdict {
  const [first, ...others] = shown;
  if (!first || same(first, recorded)) return 'SAME';
  if (others.some((other) => !same(other, first))) return 'FLAKY';
  return first.size === 0 ? 'FIXED' : 'CHANGED';
}

function same(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  return a.size === b.size && [...a].every((one) => b.has(one));
}
