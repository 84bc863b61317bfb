import type { Case, Exchange, ListPage, Operation, Pack, PlannedRequest, RelatedExchanges } from '../model/index.ts';
import { longestWalk, pageOf, pageRequest } from '../scenarios/list-walk.ts';
import { type Session, isAccepted } from './session.ts';

/** Whether a case is the first page of a walk. */
export function isWalk(planned: Case): boolean {
  return planned.phase === 'scenario' && planned.recipe['walk'] !== undefined;
}

/**
 * Walks the list from its first page on, which is asked for again: until the walk is alone, others may take its row away.
 * `undefined` where a page was refused or is none: other checks say so.
 */
export async function walkOf(
  sent: { readonly planned: Case; readonly operation: Operation; readonly exchange: Exchange },
  request: PlannedRequest,
  session: Session,
): Promise<RelatedExchanges['walk']> {
  const { planned, operation } = sent;
  const walk = session.options.pack?.listWalks?.find((one) => one.operation === operation.id && one.family === planned.recipe['walk']);
  if (!walk || !isAccepted(sent.exchange)) return undefined;
  const pages: ListPage[] = [];
  let exchange = await session.send(planned, pageRequest(request, walk, 1), operation, 'twin');
  for (;;) {
    const page = pageOf(session.jsonOf(exchange, operation), walk);
    if (!page || !isAccepted(exchange)) return undefined;
    pages.push(page);
    const last = page.ids.at(-1);
    if (last === undefined || page.more === false || pages.length === longestWalk) break;
    exchange = await session.send(planned, pageRequest(request, walk, 1, last), operation, 'twin');
  }
  const long = await session.send(planned, pageRequest(request, walk, longestWalk + 1), operation, 'twin');
  const whole = isAccepted(long) ? pageOf(session.jsonOf(long, operation), walk) : undefined;
  return whole && { pages, whole: whole.ids };
}

/** The walks of the pack over one operation. */
export function walksOver(pack: Pack | undefined, operation: Operation): NonNullable<Pack['listWalks']> {
  return (pack?.listWalks ?? []).filter((walk) => walk.operation === operation.id);
}
