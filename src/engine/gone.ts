import type { Case, Exchange, Operation, Pack, PlannedRequest, RelatedExchanges } from '../model/index.ts';
import { type AskDeps, askAbout } from './ask-about.ts';
import { type Session, isAccepted } from './session.ts';

/** Whether a case has deleted something that can be asked for by its id. */
export function mayBeGone(
  { planned, operation, exchange }: { readonly planned: Case; readonly operation: Operation; readonly exchange: Exchange },
  { options: { pack } }: Session,
): boolean {
  return planned.mode === 'valid' && pack !== undefined && readersOf(pack).has(operation.id) && isAccepted(exchange);
}

/** Asks for what a valid case has deleted; `undefined` where the contract has nothing that reads it. */
export async function goneOf(
  sent: { readonly planned: Case; readonly request: PlannedRequest },
  deps: AskDeps,
): Promise<RelatedExchanges['gone']> {
  const { pack } = deps.session.options;
  const asked = await askAbout(pack && readersOf(pack).get(sent.planned.operationId), sent, deps);
  const status = asked?.answer.response?.status;
  return asked === undefined || status === undefined ? undefined : { operationId: asked.reading.id, status };
}

const readers = new WeakMap<Pack, ReadonlyMap<string, string>>();

/** What reads a resource, by what deletes it. */
function readersOf(pack: Pack): ReadonlyMap<string, string> {
  const known = readers.get(pack);
  if (known) return known;
  const found = new Map<string, string>();
  for (const family of pack.families)
    if (family.delete !== undefined && family.get !== undefined && !found.has(family.delete)) found.set(family.delete, family.get);
  readers.set(pack, found);
  return found;
}
