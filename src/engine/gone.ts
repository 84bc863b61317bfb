import type { Case, Exchange, Operation, Pack, PlannedRequest, RelatedExchanges } from '../model/index.ts';
import { type Session, isAccepted } from './session.ts';
import { expandPath } from './slots.ts';

/** Whether a case has deleted something that can be asked for by its id. */
export function mayBeGone(
  { planned, operation, exchange }: { readonly planned: Case; readonly operation: Operation; readonly exchange: Exchange },
  { options: { pack } }: Session,
): boolean {
  return planned.mode === 'valid' && pack !== undefined && readersOf(pack).has(operation.id) && isAccepted(exchange);
}

/** Asks for what a valid case has deleted; `undefined` where the contract has nothing that reads it. */
export async function goneOf(
  sent: { readonly planned: Case; readonly operation: Operation; readonly exchange: Exchange; readonly request: PlannedRequest },
  deps: { readonly session: Session; operation(id: string): Operation; smallest(operation: Operation): Case | undefined },
): Promise<RelatedExchanges['gone']> {
  const { planned, operation } = sent;
  const { session } = deps;
  const reader = session.options.pack && readersOf(session.options.pack).get(operation.id);
  if (reader === undefined || !session.contract.operations.some(({ id }) => id === reader)) return undefined;
  const reading = deps.operation(reader);
  const from = deps.smallest(reading);
  if (!from) return undefined;
  const pathParameters = { ...from.request.pathParameters, ...sent.request.pathParameters };
  const request = { ...from.request, pathParameters, path: expandPath(reading, pathParameters) };
  const answer = await session.send(planned, request, reading, 'twin');
  const status = answer.response?.status;
  return status === undefined ? undefined : { operationId: reading.id, status };
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
