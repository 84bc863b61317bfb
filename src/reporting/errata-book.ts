import type { AppliedAction, Outcome } from '../model/index.ts';
import type { Erratum } from './report.ts';

/** What notes name an erratum for their rule: exchanges and operations by the id of each. */
export class ErrataBook {
  readonly #met = new Map<string, { exchanges: number; readonly operations: Set<string> }>();

  add({ status, violations, operationId }: Outcome): void {
    if (status !== 'note') return;
    for (const rule of new Set(violations.map((violation) => violation.rule))) {
      if (rule === undefined) continue;
      const known = this.#met.get(rule) ?? { exchanges: 0, operations: new Set() };
      known.exchanges++;
      known.operations.add(operationId);
      this.#met.set(rule, known);
    }
  }

  /** Every action with what it was needed for. */
  of(actions: readonly AppliedAction[]): Erratum[] {
    return actions.map((action) => {
      const met = this.#met.get(action.id);
      return { ...action, fired: met?.exchanges ?? 0, operationIds: [...(met?.operations ?? [])].toSorted() };
    });
  }
}
