import type { Case, CheckContext, Contract, Exchange, Operation, Pack, RequestView, ResponseView, SchemaJudge } from '../model/index.ts';
import { requestView, responseView } from '../wire/index.ts';
import { isPromised } from './profile.ts';
import { isStreamAsked } from './streams.ts';

/** What is the same for all exchanges that are judged together: of a run, of a recording, of a proxy. */
export interface Judging {
  readonly contract: Contract;
  readonly judge: SchemaJudge;
  readonly reading: string;
  readonly pack?: Pack;
  readonly profile: string;
  readonly maxLatencyMs?: number;
}

/** What the checks see of an exchange. Of one that nobody planned they see no case: the checks of our own requests do not apply. */
export function contextOf(
  judging: Judging,
  operation: Operation,
  exchange: Exchange,
  planned?: Case,
  related: CheckContext['related'] = {},
  /** Where the exchange was read before: what is parsed once need not be parsed again. */
  views: { readonly request?: RequestView; readonly response?: ResponseView | undefined } = {},
): CheckContext {
  const { request = requestView(exchange, operation), response = responseView(exchange, operation) } = views;
  const streamAsked = isStreamAsked(judging.pack, operation, request);
  return {
    contract: judging.contract,
    operation,
    exchange,
    request,
    schema: judging.judge,
    reading: judging.reading,
    related,
    promised: isPromised(judging.pack, judging.profile, operation),
    ...(planned && planned.phase !== 'recorded' && { case: planned }),
    ...(response && { response }),
    ...(streamAsked !== undefined && { streamAsked }),
    ...(judging.maxLatencyMs !== undefined && { maxLatencyMs: judging.maxLatencyMs }),
  };
}
