import type { Case, Exchange, Operation, Pack, PlannedRequest, RelatedExchanges, ResourceFamily } from '../model/index.ts';
import { responseView } from '../wire/index.ts';
import { type AskDeps, askAbout } from './ask-about.ts';
import { matchesOf } from './pointer-pattern.ts';
import type { Session } from './session.ts';

/** A cancellation that is refused with one of these may have come too late. */
const tooLate = new Set([400, 409, 422]);

/** Whether a valid case was to cancel something and was refused as if there were nothing to cancel. */
export function mayBeOver(
  { planned, exchange }: { readonly planned: Case; readonly exchange: Exchange },
  { options: { pack } }: Session,
): boolean {
  return planned.mode === 'valid' && tooLate.has(exchange.response?.status ?? 0) && cancelledBy(pack, planned.operationId) !== undefined;
}

/** Asks for the state of what could not be cancelled; `undefined` where it could have been. */
export async function overOf(
  sent: { readonly planned: Case; readonly request: PlannedRequest },
  deps: AskDeps,
): Promise<RelatedExchanges['over']> {
  const { pack } = deps.session.options;
  const asked = await askAbout(cancelledBy(pack, sent.planned.operationId)?.get, sent, deps);
  return asked && overBy(pack, sent.planned, asked.answer, asked.reading);
}

/** What an answer of the reading operation says of a case that was to cancel: the same of a journal as of a run. */
export function overBy(pack: Pack | undefined, planned: Case, answer: Exchange, reading: Operation): RelatedExchanges['over'] {
  const family = cancelledBy(pack, planned.operationId);
  if (family?.cancellable === undefined || family.get !== reading.id || answer.response?.status !== 200) return undefined;
  const state = matchesOf(responseView(answer, reading)?.json, family.cancellable.at)[0];
  if (typeof state !== 'string' || family.cancellable.values.includes(state)) return undefined;
  return { operationId: reading.id, state: JSON.stringify(state) };
}

function cancelledBy(pack: Pack | undefined, operationId: string): ResourceFamily | undefined {
  return pack?.families.find((family) => family.cancel === operationId && family.cancellable !== undefined);
}
