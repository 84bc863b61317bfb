import type {
  Case,
  Check,
  Exchange,
  ExchangeEvent,
  Outcome,
  OutcomeEvent,
  PassedEvent,
  PracticeReading,
  RelatedExchanges,
  RunEvent,
} from '../model/index.ts';
import { curlLine } from '../wire/index.ts';
import type { Baseline } from './baseline.ts';
import { type Judging, contextOf } from './context.ts';
import { exitCodeOf } from './exit-code.ts';
import { judgeExchange } from './judge.ts';
import { judgedEvents } from './judged-events.ts';
import { overBy } from './over.ts';
import { Score } from './score.ts';

/** A case is also sent for set-up, as a twin, or to look whether something is gone: that says nothing of it as a control. */
const asControl = new Set<ExchangeEvent['purpose']>(['case', 'control', 'again']);

/** How many exchanges are held until their outcomes come; a run judges an exchange soon after it was sent. */
const heldExchanges = 5000;

/**
 * Judges the exchanges of an earlier run again, with today's rules and no network: the same events, with new outcomes
 * and a new exit code. Outcomes of cases that were never sent are kept as they are.
 */
export async function* recheck(
  events: AsyncIterable<RunEvent>,
  judging: Judging,
  options: {
    readonly checks: readonly Check[];
    readonly readings: readonly PracticeReading[];
    readonly baseline: Baseline;
    readonly failOn: 'fail' | 'warn';
    readonly maxInconclusive: number;
  },
): AsyncIterable<RunEvent> {
  const comparing = new Set(options.checks.filter(({ compares }) => compares).map(({ id }) => id));
  const operations = new Map(judging.contract.operations.map((operation) => [operation.id, operation]));
  const held = new Map<string, ExchangeEvent>();
  const lastOf = new Map<string, Exchange>();
  const controls = new Map<string, { readonly case: Case; readonly exchange: Exchange; readonly accepted: boolean }>();
  const controlIds = new Set<string>();
  const overs = new Map<string, NonNullable<RelatedExchanges['over']>>();
  const score = new Score(options.baseline);
  let planned = 0;
  let validPlanned = 0;
  /** Nothing was planned: the exchanges were recorded, or passed through the proxy. */
  let recorded = false;
  for await (const event of events) {
    if (event.type === 'plan') {
      planned = event.cases;
      validPlanned = event.byMode.valid;
    }
    if (event.type === 'exchange') {
      hold(held, event);
      lastOf.set(event.case.id, event.exchange);
      const reading = event.purpose === 'twin' ? operations.get(event.exchange.operationId ?? '') : undefined;
      const over = reading && overBy(judging.pack, event.case, event.exchange, reading);
      if (over) overs.set(event.case.id, over);
      recorded ||= event.case.phase === 'recorded';
      if (event.case.control !== undefined) controlIds.add(event.case.control);
      if (event.case.mode === 'valid' && asControl.has(event.purpose)) {
        const status = event.exchange.response?.status ?? 0;
        controls.set(event.case.id, { case: event.case, exchange: event.exchange, accepted: status >= 200 && status < 300 });
      }
    }
    if (event.type === 'passed') {
      yield* passedAgain(event);
      continue;
    }
    if (event.type === 'outcome') {
      yield* outcomeAgain(event);
      continue;
    }
    if (event.type === 'run-end') {
      const interrupted = event.exitCode === 2 && !event.complete && event.messages.some((message) => message.includes('interrupted'));
      const figures = score.figures({ smokePassed: planned > 0 || recorded, interrupted, planned, validPlanned });
      yield { ...event, exitCode: exitCodeOf(figures, options.failOn, options.maxInconclusive) };
      continue;
    }
    yield event;
  }

  function* passedAgain(event: PassedEvent): Iterable<RunEvent> {
    const kept = operations.has(event.operationId) ? event.checkIds.filter((id) => comparing.has(id)) : event.checkIds;
    const about = held.get(event.exchangeId)?.case;
    if (kept.length > 0) {
      if (about)
        score.add(
          about,
          kept.map((checkId) => ({ outcome: passOf(event, checkId), fingerprints: [] })),
          false,
        );
      yield { ...event, checkIds: kept };
    }
    if (kept.length < event.checkIds.length) yield* judgedAgain(event, event.operationId, event.exchangeId);
  }

  function* outcomeAgain(event: OutcomeEvent): Iterable<RunEvent> {
    const { outcome } = event;
    const { exchangeId } = outcome;
    const known = operations.has(outcome.operationId);
    if (exchangeId !== undefined && known && outcome.reason !== 'control-refused' && !comparing.has(outcome.checkId)) {
      yield* judgedAgain(event, outcome.operationId, exchangeId);
      return;
    }
    const about = event.case ?? held.get(exchangeId ?? '')?.case;
    if (about) score.add(about, [{ outcome, fingerprints: event.fingerprints ?? [] }], false);
    yield event;
  }

  /** Judged at the first of its outcomes: the others of the same exchange were made by the rules of then. */
  function* judgedAgain({ v, at }: PassedEvent | OutcomeEvent, operationId: string, exchangeId: string): Iterable<RunEvent> {
    const operation = operations.get(operationId);
    const sent = held.get(exchangeId);
    if (!sent || !operation) return;
    held.delete(exchangeId);
    const control = sent.case.control === undefined ? undefined : controls.get(sent.case.control);
    const last = lastOf.get(sent.case.id);
    const flaky = sent.exchange.error !== undefined && last !== undefined && last !== sent.exchange && last.error === undefined;
    const { reading = judging.reading } = sent;
    const over = overs.get(sent.case.id);
    const related = { ...(control && { control }), ...(over && { over }) };
    const context = contextOf({ ...judging, reading }, operation, sent.exchange, sent.case, related);
    const readings = sent.reading === undefined ? options.readings : (judging.pack?.readings ?? []).filter(({ name }) => name === reading);
    const judged = judgeExchange(context, { checks: options.checks, readings, flaky });
    const status = sent.exchange.response?.status ?? 0;
    score.add(sent.case, judged, status >= 200 && status < 300);
    const again = () => curlLine(sent.exchange.request, { keyVariable: judging.pack?.apiKeyEnv ?? 'API_KEY' });
    for (const one of judgedEvents(judged, { again })) yield { v, at, ...one };
  }
}

function passOf({ caseId, exchangeId, operationId }: PassedEvent, checkId: string): Outcome {
  return { caseId, exchangeId, operationId, checkId, status: 'pass', violations: [] };
}

function hold(held: Map<string, ExchangeEvent>, event: ExchangeEvent): void {
  held.set(event.exchange.id, event);
  const [oldest] = held.keys();
  if (held.size > heldExchanges && oldest !== undefined) held.delete(oldest);
}
