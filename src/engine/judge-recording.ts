import type { Case, Check, Exchange, InconclusiveReason, Operation, Outcome, RequestView, Verdict } from '../model/index.ts';
import { verdictOrder } from '../model/index.ts';
import { type Route, matchOperation, requestView } from '../wire/index.ts';
import { rememberJson } from '../stream/index.ts';
import { classesOf } from './classes.ts';
import { type Judging, contextOf } from './context.ts';
import { type Judged, judgeExchange } from './judge.ts';
import { violationsOfLetter } from './letter-stream.ts';
import { type LiveStream, startStream } from './streams.ts';

/** An exchange that nobody here planned: of a recording, or passing through the proxy. */
export interface RecordedInput {
  readonly exchange: Exchange;
  /** Host the request went to: decides the reading. */
  readonly host?: string;
  /** Parts that the recorder did not keep (whole), and why. */
  readonly missing: readonly { readonly part: string; readonly why: 'not-recorded' | 'truncated' }[];
  /** It passed by here: what is not there was not sent. */
  readonly witnessed?: boolean;
}

/** What is the same for all exchanges of a recording. */
export interface RecordedJudging extends Omit<Judging, 'reading'> {
  readonly checks: readonly Check[];
  /** For every exchange, whatever its host; by host where absent. */
  readonly reading?: string;
  /** What stands before every path of the contract; any prefix where absent. */
  readonly basePath?: string;
  /** Edition of the event schemas; found in each stream where absent. */
  readonly vintage?: string;
}

/** What can be said of one recorded exchange. */
export type RecordedVerdict =
  | {
      readonly kind: 'judged';
      readonly operation: Operation;
      /** Stands in for the plan, for whoever counts cases. */
      readonly planned: Case;
      readonly reading: string;
      /** With the violations of its stream. */
      readonly exchange: Exchange;
      readonly judged: readonly Judged[];
      readonly verdict: Verdict;
      /** What could not be judged, and why. */
      readonly undecided: readonly { readonly reason: InconclusiveReason; readonly detail: string }[];
    }
  | {
      readonly kind: 'unjudged';
      readonly planned: Case;
      readonly reading: string;
      readonly reason: string;
      /** It is a defect of ours that keeps it from being judged. */
      readonly defect?: true;
    };

/** Judges one recorded exchange by every check that needs no plan, and its stream by the grammar of the operation. Never throws. */
export function judgeRecording(recorded: RecordedInput, judging: RecordedJudging): RecordedVerdict {
  return guarded(recorded, judging, () => judgeOne(recorded, judging));
}

/** The verdict, or that Assay failed on this exchange: one among thousands must not end the judgement of the others. */
export function guarded(recorded: RecordedInput, judging: RecordedJudging, judge: () => RecordedVerdict): RecordedVerdict {
  try {
    return judge();
  } catch (thrown) {
    const reason = `Assay failed on it: ${thrown instanceof Error ? thrown.message : String(thrown)}`;
    return { ...unjudged(reason, recorded.exchange, readingFor(recorded, judging)), defect: true };
  }
}

function judgeOne(recorded: RecordedInput, judging: RecordedJudging): RecordedVerdict {
  const { exchange: given } = recorded;
  const reading = readingFor(recorded, judging);
  const route = routeOf(given, judging);
  if (route.kind !== 'operation') return unjudged(reasonOf(route, given), given, reading);
  if (!given.response && !given.error) return unjudged(unanswered(recorded), given, reading, route.operation);
  // Of what a recorded client could not send nobody here can say more; of a target that the proxy cannot reach we can.
  if (given.error?.sent === false && recorded.witnessed !== true)
    return unjudged(`the request was never sent (${given.error.kind})`, given, reading, route.operation);
  const { operation } = route;
  const lacksBody = recorded.witnessed !== true && lacksRequiredBody(given, operation);
  const exchange = lacksBody ? withoutBody(given) : given;
  const missing = lacksBody ? [...recorded.missing, { part: 'request-body', why: 'not-recorded' as const }] : recorded.missing;
  const known = missing.every(({ part }) => part !== 'request-body');
  const request = requestView(exchange, operation);
  const live = isKeptWhole(exchange) ? startLive(judging, request, operation, known) : undefined;
  for (const event of live === undefined ? [] : (exchange.stream?.kept ?? [])) {
    rememberJson(event);
    live?.push(event);
  }
  const finished = live?.finish(exchange) ?? exchange;
  const judged = reading === 'letter' ? byTheLetter(finished, operation, judging) : finished;
  return verdictOn(judged, operation, reading, judging, { missing, request });
}

function unanswered({ witnessed }: RecordedInput): string {
  return witnessed === true ? 'the target closed a connection that was kept open, before it answered' : 'the recording holds no response';
}

/** Accepted without the body that the operation requires: the recorder kept none. */
function lacksRequiredBody({ request, response }: Exchange, operation: Operation): boolean {
  const status = response?.status ?? 0;
  return operation.requestBody?.required === true && (request.body?.size ?? 0) === 0 && status >= 200 && status < 300;
}

function withoutBody(exchange: Exchange): Exchange {
  return { ...exchange, request: { ...exchange.request, body: { size: 0, truncated: true } } };
}

/** Judges an exchange whose stream, if it is one, was judged as it passed. */
export function verdictOn(
  exchange: Exchange,
  operation: Operation,
  reading: string,
  judging: RecordedJudging,
  { missing = [], request }: { readonly missing?: RecordedInput['missing']; readonly request?: RequestView } = {},
): RecordedVerdict {
  const planned = standIn(exchange, operation, judging);
  const context = contextOf({ ...judging, reading }, operation, exchange, planned, {}, { ...(request && { request }) });
  const readings = (judging.pack?.readings ?? []).filter((one) => one.name === reading);
  const judged = judgeExchange(context, { checks: judging.checks, readings });
  return {
    kind: 'judged',
    operation,
    planned,
    reading,
    exchange,
    judged,
    verdict: verdictOf(judged.map(({ outcome }) => outcome)),
    undecided: undecidedOf(judged, missing),
  };
}

/** The operation that a recorded request is for. */
export function routeOf({ request }: Pick<Exchange, 'request'>, { contract, basePath }: RecordedJudging): Route {
  const { pathname, search } = new URL(request.url, 'http://recorded.invalid');
  return matchOperation(contract.operations, request.method, `${pathname}${search}`, basePath);
}

/** Starts to judge a stream whose request was recorded or passed by; without its body nothing is known of what it asks for. */
export function startRecordedStream(
  judging: RecordedJudging,
  exchange: Pick<Exchange, 'request'>,
  operation: Operation,
): LiveStream | undefined {
  return startLive(judging, requestView({ ...exchange, id: '', timings: { startedAt: 0, endMs: 0 } }, operation), operation, true);
}

function startLive(judging: RecordedJudging, view: RequestView, operation: Operation, requestKnown: boolean): LiveStream | undefined {
  const known = requestKnown && (view.body !== undefined || operation.requestBody === undefined);
  return startStream(judging, operation, known ? { body: view.body, query: view.query } : undefined, judging.vintage);
}

/** The reading given, else the practice reading of the service that the request went to, else the contract. */
export function readingFor({ host }: Pick<RecordedInput, 'host'>, { reading, pack }: RecordedJudging): string {
  const practice = host === undefined ? undefined : pack?.readings.find(({ hosts }) => hosts.includes(host));
  return reading ?? practice?.name ?? 'contract';
}

function byTheLetter(exchange: Exchange, operation: Operation, judging: RecordedJudging): Exchange {
  const { stream } = exchange;
  if (!stream) return exchange;
  return { ...exchange, stream: { ...stream, violations: [...stream.violations, ...violationsOfLetter(exchange, operation, judging)] } };
}

/** Of a journal's streams only the first and last events are kept: they were judged when they came. */
function isKeptWhole({ stream }: Exchange): boolean {
  return stream !== undefined && stream.kept.length === stream.count;
}

function unjudged(
  reason: string,
  exchange: Exchange,
  reading: string,
  operation?: Operation,
): Extract<RecordedVerdict, { kind: 'unjudged' }> {
  return { kind: 'unjudged', reason, reading, planned: standIn(exchange, operation) };
}

function reasonOf(route: Exclude<Route, { kind: 'operation' }>, { request }: Exchange): string {
  const { pathname } = new URL(request.url, 'http://recorded.invalid');
  return route.kind === 'method'
    ? `the contract has no ${request.method} for ${pathname}, only ${route.methods.join(', ')}`
    : `the contract has no operation for ${request.method} ${pathname}`;
}

function standIn(exchange: Exchange, operation: Operation | undefined, judging?: RecordedJudging): Case {
  const { pathname } = new URL(exchange.request.url, 'http://recorded.invalid');
  return {
    id: exchange.id,
    operationId: operation?.id ?? `${exchange.request.method} ${pathname}`,
    phase: 'recorded',
    mode: 'valid',
    request: { method: operation?.method ?? 'GET', path: pathname, pathParameters: {}, query: [], headers: [] },
    slots: [],
    credentials: 'given',
    cells: [],
    recipe: {},
    classes: operation ? classesOf(operation, judging?.pack) : [],
  };
}

function verdictOf(outcomes: readonly Outcome[]): Verdict {
  const verdicts = outcomes.map(({ status }) => (status === 'note' ? 'pass' : status));
  return verdictOrder.find((verdict) => verdicts.includes(verdict)) ?? 'inconclusive';
}

function undecidedOf(judged: readonly Judged[], missing: RecordedInput['missing']): { reason: InconclusiveReason; detail: string }[] {
  const told = judged.flatMap(({ outcome }) =>
    outcome.status === 'inconclusive' && outcome.reason !== undefined
      ? [{ reason: outcome.reason, detail: `${outcome.checkId}: ${outcome.detail ?? ''}` }]
      : [],
  );
  const lost = missing.map(({ part, why }) => ({
    reason: why,
    detail: `the ${part.replace('-', ' ')} ${why === 'truncated' ? 'was cut' : 'was not recorded'}`,
  }));
  return [...told, ...lost];
}
