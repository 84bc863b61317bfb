import { createHash } from 'node:crypto';
import type { Case, Level, OutcomeEvent, Requirement, ShrinkEvent, Status, Violation } from '../model/index.ts';
import type { EvidenceBook } from './evidence-book.ts';
import type { Note, ReportedFinding } from './report.ts';

/** Known findings of a target, as the engine read them from its baseline. */
export interface BaselineView {
  readonly file: string;
  /** The reason of the entry that knows the finding, if one does. */
  readonly known: (fingerprint: string, operationIds: readonly string[]) => string | undefined;
  /** Entries that matched nothing in this run, in words. */
  readonly gone: () => readonly string[];
}

interface Group {
  readonly event: OutcomeEvent;
  readonly violation: Violation;
  readonly verdict: Status;
  readonly level: Level;
  readonly case: Case | undefined;
  readonly operations: Set<string>;
  /** The exchange is in the report. */
  readonly shown: boolean;
  count: number;
}

const byLevel: Readonly<Record<Level, Status>> = { MUST: 'fail', SHOULD: 'warn', MAY: 'note' };
const weakness: readonly Status[] = ['fail', 'warn', 'note'];
const unknownRequirement: Requirement = { level: 'MUST', source: 'schema', text: '' };
const order: readonly Status[] = ['fail', 'error', 'warn', 'note'];

/** Groups violations by fingerprint: one cause, one finding, with its first counterexample and the number of all. */
export class FindingBook {
  readonly #groups = new Map<string, Group>();
  readonly #smallest = new Map<string, ShrinkEvent>();
  readonly #evidence: EvidenceBook;

  constructor(evidence: EvidenceBook) {
    this.#evidence = evidence;
  }

  add(event: OutcomeEvent, planned: Case | undefined, requirement: Requirement = unknownRequirement): void {
    const { outcome, fingerprints = [] } = event;
    if (outcome.status === 'error' && outcome.violations.length === 0) {
      const violation = { expected: 'no error of ours, and a connection', actual: outcome.detail ?? 'unknown error', at: 'run' };
      this.#count(event, violation, 'error', requirement.level, planned, errorFingerprint(outcome.checkId, outcome.detail ?? ''));
      return;
    }
    for (const [index, violation] of outcome.violations.entries()) {
      const level = violation.level ?? requirement.level;
      const key =
        fingerprints[index] ??
        [outcome.checkId, violation.rule, violation.schemaPointer ?? violation.at, violation.keyword, violation.actualType].join(' ');
      // A check's status may be weaker than its level (a flaky answer, an excused deviation), never stronger.
      const verdict = outcome.status === 'error' ? 'error' : weaker(byLevel[level], outcome.status);
      this.#count(event, violation, verdict, level, planned, key);
    }
  }

  shrunk(event: ShrinkEvent): void {
    this.#smallest.set(event.caseId, event);
  }

  /** `command` is how the command line is started where the report is read. */
  findings(
    requirementOf: (checkId: string) => Requirement | undefined,
    baseline: BaselineView | undefined,
    command: string,
  ): ReportedFinding[] {
    const found = [...this.#groups].filter(([, group]) => group.verdict !== 'note');
    const sorted = found.toSorted(
      ([, left], [, right]) => order.indexOf(left.verdict) - order.indexOf(right.verdict) || right.count - left.count,
    );
    return sorted.map(([key, group]) =>
      this.#findingOf(fingerprintOf(key), group, requirementOf(group.event.outcome.checkId) ?? unknownRequirement, baseline, command),
    );
  }

  notes(): Note[] {
    const found = [...this.#groups].filter(([, group]) => group.verdict === 'note');
    return found
      .toSorted(([, left], [, right]) => right.count - left.count)
      .map(([key, group]) => ({ ...sharedOf(fingerprintOf(key), group) }));
  }

  #count(event: OutcomeEvent, violation: Violation, verdict: Status, level: Level, planned: Case | undefined, fingerprint: string): void {
    // The same cause may be a failure here and a note there (an excuse for one operation): two groups, one fingerprint.
    const key = `${verdict} ${fingerprint}`;
    const known = this.#groups.get(key);
    const { exchangeId, operationId } = event.outcome;
    if (known === undefined) {
      const shown = exchangeId !== undefined && verdict !== 'note' && this.#evidence.keep(exchangeId);
      this.#groups.set(key, { event, violation, verdict, level, case: planned, operations: new Set([operationId]), shown, count: 1 });
      return;
    }
    known.count++;
    known.operations.add(operationId);
  }

  #findingOf(
    fingerprint: string,
    group: Group,
    requirement: Requirement,
    baseline: BaselineView | undefined,
    command: string,
  ): ReportedFinding {
    const { event, violation, case: planned } = group;
    const { exchangeId } = event.outcome;
    const shared = sharedOf(fingerprint, group);
    const known = baseline?.known(fingerprint, shared.operationIds);
    const smallest = this.#smallest.get(shared.caseId);
    return {
      ...shared,
      verdict: group.verdict as ReportedFinding['verdict'],
      requirement,
      ...(violation.schemaPointer === undefined ? {} : { schemaPointer: violation.schemaPointer }),
      ...(violation.keyword === undefined ? {} : { keyword: violation.keyword }),
      ...(violation.eventIndex === undefined ? {} : { eventIndex: violation.eventIndex }),
      ...(planned === undefined || planned.phase === 'recorded' ? {} : { mode: planned.mode }),
      ...(planned?.mutation === undefined ? {} : { mutation: planned.mutation.what }),
      ...(group.shown && exchangeId !== undefined ? { exchangeId } : {}),
      ...(smallest === undefined ? {} : { smallest: { caseId: smallest.smallest.id, difference: smallest.difference } }),
      ...(known === undefined ? {} : { known }),
      reproduce: {
        curl: event.curl ?? '',
        ...(planned === undefined || planned.phase === 'recorded' ? {} : { replay: `${command} replay latest ${planned.id}` }),
      },
    };
  }
}

/** Of an error without a place: its check and its message, without the numbers and quotations in it. */
function errorFingerprint(checkId: string, detail: string): string {
  const message = detail.replaceAll(/"[^"]*"|\d+/g, '*');
  return createHash('sha256')
    .update(JSON.stringify(['error', checkId, message]))
    .digest('hex')
    .slice(0, 16);
}

function sharedOf(fingerprint: string, { event, violation, level, operations, count }: Group): Note {
  return {
    fingerprint,
    checkId: event.outcome.checkId,
    ...(violation.rule === undefined ? {} : { rule: violation.rule }),
    level,
    operationIds: [event.outcome.operationId, ...[...operations].filter((id) => id !== event.outcome.operationId).toSorted()],
    count,
    expected: violation.expected,
    actual: violation.actual,
    at: violation.at,
    caseId: event.outcome.caseId,
  };
}

function weaker(left: Status, right: Status): Status {
  return weakness.indexOf(right) > weakness.indexOf(left) ? right : left;
}

function fingerprintOf(key: string): string {
  return key.slice(key.indexOf(' ') + 1);
}
