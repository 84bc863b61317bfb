import type { Case, Exchange, Operation, PlannedRequest } from '../model/index.ts';
import type { Session } from './session.ts';
import { expandPath } from './slots.ts';

/** What it takes to ask for a resource that a case was about. */
export interface AskDeps {
  readonly session: Session;
  operation(id: string): Operation;
  /** The smallest valid case of an operation: a plain request. */
  smallest(operation: Operation): Case | undefined;
}

/**
 * Sends the reading operation with the path parameters of a request that was sent before; `undefined` where the contract
 * has no such operation. The exchange belongs to that case, as its twin.
 */
export async function askAbout(
  readerId: string | undefined,
  sent: { readonly planned: Case; readonly request: PlannedRequest },
  deps: AskDeps,
): Promise<{ readonly reading: Operation; readonly answer: Exchange } | undefined> {
  const { session } = deps;
  if (readerId === undefined || !session.contract.operations.some(({ id }) => id === readerId)) return undefined;
  const reading = deps.operation(readerId);
  const from = deps.smallest(reading);
  if (!from) return undefined;
  const pathParameters = { ...from.request.pathParameters, ...sent.request.pathParameters };
  const request = { ...from.request, pathParameters, path: expandPath(reading, pathParameters) };
  return { reading, answer: await session.send(sent.planned, request, reading, 'twin') };
}
