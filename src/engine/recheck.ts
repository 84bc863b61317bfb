import type { Case, Check, Exchange, ExchangeEvent, OutcomeEvent, PracticeReading, RunEvent } from '../model/index.ts';
import type { Baseline } from './baseline.ts';
import { type Judging, contextOf } from './context.ts';
import { exitCodeOf } from './exit-code.ts';
import { judgeExchange } from './judge.ts';
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
      recorded ||= event.case.phase === 'recorded';
      if (event.case.control !== undefined) controlIds.add(event.case.control);
      if (event.case.mode === 'valid' && asControl.has(event.purpose)) {
        const status = event.exchange.response?.status ?? 0;
        controls.set(event.case.id, { case: event.case, exchange: event.exchange, accepted: status >= 200 && status < 300 });
      }
    }
    if (event.type === 'outcome') {
      yield* judgedAgain(event);
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

  function* judgedAgain(event: OutcomeEvent): Iterable<RunEvent> {
    const { outcome } = event;
    const key = outcome.exchangeId ?? '';
    const sent = held.get(key);
    const operation = operations.get(outcome.operationId);
    if (event.outcome.exchangeId === undefined || !operation || outcome.reason === 'control-refused' || comparing.has(outcome.checkId)) {
      const about = event.case ?? sent?.case;
      if (about) score.add(about, [{ outcome, fingerprints: event.fingerprints ?? [] }], false);
      yield event;
      return;
    }
    // Judged at the first of its outcomes: the others of the same exchange were made by the rules of then.
    if (!sent) return;
    held.delete(key);
    const control = sent.case.control === undefined ? undefined : controls.get(sent.case.control);
    const last = lastOf.get(sent.case.id);
    const flaky = sent.exchange.error !== undefined && last !== undefined && last !== sent.exchange && last.error === undefined;
    const { reading = judging.reading } = sent;
    const context = contextOf({ ...judging, reading }, operation, sent.exchange, sent.case, control ? { control } : {});
    const readings = sent.reading === undefined ? options.readings : (judging.pack?.readings ?? []).filter(({ name }) => name === reading);
    const judged = judgeExchange(context, { checks: options.checks, readings, flaky });
    const status = sent.exchange.response?.status ?? 0;
    score.add(sent.case, judged, status >= 200 && status < 300);
    for (const one of judged) yield { ...event, outcome: one.outcome, fingerprints: one.fingerprints };
  }
}

function hold(held: Map<string, ExchangeEvent>, event: ExchangeEvent): void {
  held.set(event.exchange.id, event);
  const [oldest] = held.keys();
  if (held.size > heldExchanges && oldest !== undefined) held.delete(oldest);
}
