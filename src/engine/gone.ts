import type { Case, Exchange, Operation, PlannedRequest, RelatedExchanges } from '../model/index.ts';
import { type Session, isAccepted } from './session.ts';
import { expandPath } from './slots.ts';

/** Asks for what a valid case has deleted; `undefined` where nothing was, or where it cannot be asked for by its id. */
export async function goneOf(
  sent: { readonly planned: Case; readonly operation: Operation; readonly exchange: Exchange; readonly request: PlannedRequest },
  deps: { readonly session: Session; operation(id: string): Operation; smallest(operation: Operation): Case | undefined },
): Promise<RelatedExchanges['gone']> {
  const { planned, operation, exchange } = sent;
  if (planned.mode !== 'valid' || !isAccepted(exchange)) return undefined;
  const { session } = deps;
  const family = session.options.pack?.families.find((one) => one.delete === operation.id && one.get !== undefined);
  if (family?.get === undefined || !session.contract.operations.some(({ id }) => id === family.get)) return undefined;
  const reading = deps.operation(family.get);
  const from = deps.smallest(reading);
  if (!from) return undefined;
  const pathParameters = { ...from.request.pathParameters, ...sent.request.pathParameters };
  const request = { ...from.request, pathParameters, path: expandPath(reading, pathParameters) };
  const answer = await session.send(planned, request, reading, 'twin');
  const status = answer.response?.status;
  return status === undefined ? undefined : { operationId: reading.id, status };
}
