import type { Ledger } from './ledger.ts';
import type { Producers } from './producers.ts';
import { type Session, isAccepted } from './session.ts';

/** A clean-up never takes longer than this, whatever the target does. */
const longestCleanUpMs = 60_000;

/**
 * Removes what the run made, youngest first, and names what it had to leave behind. What nothing deletes comes last:
 * most of it goes with its parent.
 */
export async function cleanUp(ledger: Ledger, producers: Producers, session: Session): Promise<void> {
  const deadline = performance.now() + longestCleanUpMs;
  const leftovers = Map.groupBy(ledger.leftovers(), (entry) => producers.removalOf(entry) !== undefined);
  for (const entry of [...(leftovers.get(true) ?? []), ...(leftovers.get(false) ?? [])]) {
    if (entry.gone) continue;
    const leave = (detail: string) =>
      session.recorder.emit({ type: 'ledger', action: 'left-behind', family: entry.family, resource: entry.id, detail });
    const removal = producers.removalOf(entry);
    if (!removal) leave(`No operation of the contract deletes it.`);
    else if (performance.now() > deadline) leave('The time for clean-up was over.');
    else {
      const exchange = await session.send(removal.from, removal.request, removal.operation, 'clean-up', { credentials: 'given' });
      const status = exchange.response?.status;
      if (isAccepted(exchange) || status === 404) {
        ledger.remove(entry.family, entry.id, entry.context);
        session.recorder.emit({ type: 'ledger', action: 'removed', family: entry.family, resource: entry.id, exchangeId: exchange.id });
      } else leave(`${removal.operation.id} answered ${status ?? exchange.error?.message ?? 'nothing'}.`);
    }
  }
}
