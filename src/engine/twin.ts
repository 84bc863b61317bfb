import type { Case, CheckContext, Exchange, Json, Operation, PlannedRequest } from '../model/index.ts';
import { type Session, isAccepted } from './session.ts';
import { plainTwin, variantOf } from './stream-phase.ts';

/**
 * The plain answer to a streamed request, and what its events fold to. A second plain answer is asked for when the
 * first differs in text, so that a model that samples is told from a server that errs. `undefined` where there is
 * nothing to compare: no twin was asked for, the stream broke off, or a plain request was refused.
 */
export async function twinOf(
  sent: { readonly planned: Case; readonly operation: Operation; readonly exchange: Exchange },
  request: PlannedRequest,
  session: Session,
): Promise<CheckContext['related']['twin'] | undefined> {
  const { planned, operation, exchange } = sent;
  const twin = variantOf(planned, session.options.pack)?.twin;
  const { stream } = exchange;
  if (!twin || !stream || stream.end !== 'closed' || stream.kept.length < stream.count || !isAccepted(exchange)) return undefined;
  const plain = await plainAnswer();
  if (plain === undefined) return undefined;
  const folded = twin.fold(stream.kept);
  const sameText = folded !== undefined && JSON.stringify(folded) === JSON.stringify(plain);
  const again = sameText ? undefined : await plainAnswer();
  return { folded, plain, ignore: twin.ignore, ...(again !== undefined && { again }) };

  async function plainAnswer(): Promise<Json | undefined> {
    const answer = await session.send(planned, plainTwin(request, twin?.without ?? []), operation, 'twin');
    const json = isAccepted(answer) ? session.jsonOf(answer, operation) : undefined;
    return json as Json | undefined;
  }
}
