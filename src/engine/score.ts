import type { Case, Status } from '../model/index.ts';
import type { RunFigures } from './exit-code.ts';
import type { Judged } from './judge.ts';
import type { Baseline } from './baseline.ts';

const worstFirst: readonly Status[] = ['fail', 'error', 'warn', 'inconclusive', 'unsupported', 'pass', 'note'];

/** Counts, while the run goes on, what decides its exit code. */
export class Score {
  readonly #baseline: Baseline;
  readonly #verdicts = new Map<string, number>();
  readonly #leftOut = new Set<string>();
  readonly #newFails = new Set<string>();
  readonly #newWarns = new Set<string>();
  #validAccepted = 0;

  constructor(baseline: Baseline) {
    this.#baseline = baseline;
  }

  add(planned: Case, judged: readonly Judged[], accepted: boolean): void {
    if (planned.mode === 'valid' && accepted) this.#validAccepted++;
    if (judged.length === 0) return;
    let worst = this.#verdicts.get(planned.id) ?? worstFirst.length;
    for (const { outcome } of judged) worst = Math.min(worst, worstFirst.indexOf(outcome.status));
    this.#verdicts.set(planned.id, worst);
    for (const { outcome, fingerprints } of judged) {
      if (outcome.status === 'pass') continue;
      // The budget, or what nobody allowed: the user's choice, as with the operations that the plan leaves out.
      if (outcome.reason === 'budget' || (outcome.reason === 'not-allowed' && outcome.exchangeId === undefined))
        this.#leftOut.add(planned.id);
      outcome.violations.forEach((violation, index) => {
        if (violation.level === 'MAY') return;
        const fingerprint = fingerprints[index] ?? '';
        if (this.#baseline.known(fingerprint, [outcome.operationId]) !== undefined) return;
        (violation.level === 'SHOULD' ? this.#newWarns : this.#newFails).add(fingerprint);
      });
    }
  }

  figures(rest: Pick<RunFigures, 'smokePassed' | 'interrupted' | 'planned' | 'validPlanned'>): RunFigures {
    const count = (status: Status) => [...this.#verdicts].filter(([, rank]) => worstFirst[rank] === status);
    return {
      ...rest,
      newFails: this.#newFails.size,
      newWarns: this.#newWarns.size,
      errors: count('error').length,
      validAccepted: this.#validAccepted,
      inconclusive: count('inconclusive').filter(([id]) => !this.#leftOut.has(id)).length,
    };
  }
}
