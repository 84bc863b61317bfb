import type { Case, CaseMode, Outcome, Verdict } from '../model/index.ts';
import { noVerdicts, verdictOf, worse } from './counts.ts';
import type { VerdictCounts } from './report.ts';

/** What nobody planned is no valid case: it was recorded, or passed by. */
type Mode = CaseMode | 'recorded';

/** What is kept of every case: a run may have a million. */
interface Entry {
  readonly operationId: string;
  readonly mode: Mode;
  verdict: Verdict | undefined;
  accepted: boolean;
  declared: boolean;
  refused: boolean;
  /** Some check could not decide. */
  undecided: boolean;
}

const refusalChecks = new Set(['invalid-rejected', 'auth-enforced', 'method-refused']);

/** The check that decides a case of each mode: cases that were never sent are known by it alone. */
const modeByCheck: ReadonlyMap<string, CaseMode> = new Map([
  ['valid-accepted', 'valid'],
  ['survives-probe', 'probe'],
  ['invalid-rejected', 'invalid'],
  ['auth-enforced', 'invalid'],
  ['method-refused', 'invalid'],
]);

/** Verdicts by case, summed up by operation and by mode. */
export class CaseBook {
  readonly #cases = new Map<string, Entry>();
  readonly #checks = new Map<string, Map<string, Record<Verdict, number>>>();

  /** A case was sent; what no check says anything of is inconclusive in the end. */
  sent(planned: Case): void {
    this.#entry(planned.id, planned.operationId, planned.phase === 'recorded' ? 'recorded' : planned.mode);
  }

  add(outcome: Outcome): void {
    const { caseId, operationId, checkId, status } = outcome;
    const entry = this.#entry(caseId, operationId, modeByCheck.get(checkId) ?? 'valid');
    const verdict = verdictOf(status);
    entry.verdict = worse(entry.verdict, verdict);
    if (status === 'inconclusive' || status === 'error') entry.undecided = true;
    if (status === 'pass') notePass(entry, checkId);
    count(this.#checksOf(operationId), checkId, verdict);
  }

  /** Checks that found nothing wrong with one answer of a case. */
  passed(caseId: string, operationId: string, checkIds: readonly string[]): void {
    const entry = this.#cases.get(caseId) ?? this.#entry(caseId, operationId, modeOf(checkIds));
    entry.verdict = worse(entry.verdict, 'pass');
    const checks = this.#checksOf(operationId);
    for (const checkId of checkIds) {
      notePass(entry, checkId);
      count(checks, checkId, 'pass');
    }
  }

  totals(): { readonly verdicts: VerdictCounts; readonly modes: Readonly<Record<Mode, number>> } {
    const verdicts = noVerdicts();
    const modes = { valid: 0, invalid: 0, probe: 0, recorded: 0 };
    for (const { verdict, mode } of this.#cases.values()) {
      verdicts[verdict ?? 'inconclusive']++;
      modes[mode]++;
    }
    return { verdicts, modes };
  }

  /** Cases by verdict of every operation, and whether it was exercised both ways. */
  operations(): ReadonlyMap<
    string,
    { readonly verdicts: VerdictCounts; readonly exercisedValid: boolean; readonly exercisedInvalid: boolean; readonly recorded: boolean }
  > {
    const byOperation = new Map<
      string,
      { verdicts: Record<Verdict, number>; exercisedValid: boolean; exercisedInvalid: boolean; recorded: boolean }
    >();
    for (const entry of this.#cases.values()) {
      const known = byOperation.get(entry.operationId) ?? {
        verdicts: noVerdicts(),
        exercisedValid: false,
        exercisedInvalid: false,
        recorded: false,
      };
      known.verdicts[entry.verdict ?? 'inconclusive']++;
      known.exercisedValid ||= entry.mode === 'valid' && entry.accepted && entry.declared && !entry.undecided;
      known.recorded ||= entry.mode === 'recorded';
      known.exercisedInvalid ||= entry.mode === 'invalid' && entry.refused;
      byOperation.set(entry.operationId, known);
    }
    return byOperation;
  }

  checksOf(operationId: string): { readonly id: string; readonly verdicts: VerdictCounts }[] {
    return [...(this.#checks.get(operationId) ?? [])].map(([id, verdicts]) => ({ id, verdicts }));
  }

  /** Cases that were sent and of which no check said anything. */
  unjudged(): { readonly caseId: string; readonly operationId: string }[] {
    return [...this.#cases]
      .filter(([, entry]) => entry.verdict === undefined)
      .map(([caseId, { operationId }]) => ({ caseId, operationId }));
  }

  #entry(caseId: string, operationId: string, mode: Mode): Entry {
    const known = this.#cases.get(caseId);
    if (known !== undefined) return known;
    const entry: Entry = { operationId, mode, verdict: undefined, accepted: false, declared: false, refused: false, undecided: false };
    this.#cases.set(caseId, entry);
    return entry;
  }

  #checksOf(operationId: string): Map<string, Record<Verdict, number>> {
    const known = this.#checks.get(operationId);
    if (known !== undefined) return known;
    const checks = new Map<string, Record<Verdict, number>>();
    this.#checks.set(operationId, checks);
    return checks;
  }
}

function modeOf(checkIds: readonly string[]): CaseMode {
  return modeByCheck.get(checkIds.find((id) => modeByCheck.has(id)) ?? '') ?? 'valid';
}

function count(checks: Map<string, Record<Verdict, number>>, checkId: string, verdict: Verdict): void {
  const known = checks.get(checkId);
  if (known === undefined) checks.set(checkId, { ...noVerdicts(), [verdict]: 1 });
  else known[verdict]++;
}

function notePass(entry: Entry, checkId: string): void {
  if (checkId === 'valid-accepted') entry.accepted = true;
  if (checkId === 'status-declared') entry.declared = true;
  if (refusalChecks.has(checkId)) entry.refused = true;
}
