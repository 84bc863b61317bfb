import type { Case, Outcome, OutcomeEvent, PassedEvent } from '../model/index.ts';
import type { Judged } from './judge.ts';

type Unstamped<Event> = Omit<Event, 'v' | 'at'>;

/**
 * What was judged of one exchange as run events: first what passed, in one, then each other outcome. `again` writes the command
 * that sends the request again; `planned` is the case where it was never sent, so that no exchange event holds it.
 */
export function judgedEvents(
  judged: readonly Judged[],
  more: { readonly again?: (outcome: Outcome) => string | undefined; readonly planned?: Case } = {},
): (Unstamped<PassedEvent> | Unstamped<OutcomeEvent>)[] {
  const checkIds: string[] = [];
  let first: (Outcome & { readonly exchangeId: string }) | undefined;
  const others: Unstamped<OutcomeEvent>[] = [];
  for (const { outcome, fingerprints } of judged) {
    if (outcome.status === 'pass' && saysNothing(outcome)) {
      first ??= outcome;
      checkIds.push(outcome.checkId);
      continue;
    }
    const curl = more.again?.(outcome);
    others.push({
      type: 'outcome',
      outcome,
      fingerprints,
      ...(curl !== undefined && { curl }),
      ...(more.planned && { case: more.planned }),
    });
  }
  if (!first) return others;
  const { caseId, exchangeId, operationId } = first;
  return [{ type: 'passed', caseId, exchangeId, operationId, checkIds }, ...others];
}

function saysNothing(outcome: Outcome): outcome is Outcome & { readonly exchangeId: string } {
  return outcome.exchangeId !== undefined && outcome.violations.length === 0 && outcome.detail === undefined;
}
