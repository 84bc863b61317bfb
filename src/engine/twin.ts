import type { Case, CheckContext, Exchange, Json, Operation, PlannedRequest } from '../model/index.ts';
import { type Session, isAccepted } from './session.ts';
import { plainTwin, variantOf } from './stream-phase.ts';

/** What a streamed request is compared with, and the plain exchange that is judged for itself. */
export interface Twin {
  readonly exchange: Exchange;
  readonly request: PlannedRequest;
  readonly compared?: CheckContext['related']['twin'];
}

/**
 * The plain answer to a streamed request, and what its events fold to. A second plain answer is asked for when the
 * first differs in text, so that a model that samples is told from a server that errs. `undefined` where there is
 * nothing to compare: no twin was asked for, or the stream broke off; of a stream that breaks its own rules only the plain
 * answer is judged. `learn` is told of every answer: a plain answer
 * makes what the stream made, once more.
 */
export async function twinOf(
  sent: { readonly planned: Case; readonly operation: Operation; readonly exchange: Exchange },
  request: PlannedRequest,
  session: Session,
  learn: (request: PlannedRequest, exchange: Exchange) => void,
): Promise<Twin | undefined> {
  const { planned, operation, exchange } = sent;
  const twin = variantOf(planned, session.options.pack)?.twin;
  const { stream } = exchange;
  if (!twin || !stream || stream.end !== 'closed' || stream.kept.length < stream.count || !isAccepted(exchange)) return undefined;
  const plainRequest = plainTwin(request, twin.without);
  const send = async (): Promise<Exchange> => {
    const answer = await session.send(planned, plainRequest, operation, 'twin');
    learn(plainRequest, answer);
    return answer;
  };
  const first = await send();
  const plain = jsonOf(first);
  // Events that break their own order fold to something else for that reason: one cause, one finding.
  const broken = stream.violations.some(({ level }) => level === 'MUST');
  if (plain === undefined || broken) return { exchange: first, request: plainRequest };
  const folded = twin.fold(stream.kept);
  const sameText = folded !== undefined && JSON.stringify(folded) === JSON.stringify(plain);
  const again = sameText ? undefined : jsonOf(await send());
  const { ignore, unique } = twin;
  const compared = { folded, plain, ignore, ...(unique && { unique }), ...(again !== undefined && { again }) };
  return { exchange: first, request: plainRequest, compared };

  function jsonOf(answer: Exchange): Json | undefined {
    return isAccepted(answer) ? (session.jsonOf(answer, operation) as Json | undefined) : undefined;
  }
}
