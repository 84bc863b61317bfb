import type { Case, Check, Exchange, InconclusiveReason, Operation, Outcome, PlannedRequest, PracticeReading } from '../model/index.ts';
import { curlLine } from '../wire/index.ts';
import { classesOf } from './classes.ts';
import type { Controls } from './controls.ts';
import { abortAfterEvents, variantOf } from './stream-phase.ts';
import { thrifty } from './thrift.ts';
import { type Twin, twinOf } from './twin.ts';
import { isWalk, walkOf } from './walk.ts';
import { type Judged, judgeExchange } from './judge.ts';
import { mayBeOver, overOf } from './over.ts';
import { judgedEvents } from './judged-events.ts';
import type { Ledger } from './ledger.ts';
import type { Producers, SlotValues } from './producers.ts';
import type { Score } from './score.ts';
import { differenceFrom, shrink } from './shrinker.ts';
import { goneOf, mayBeGone } from './gone.ts';
import { type Session, isAccepted } from './session.ts';
import { familyOf, fillSlots } from './slots.ts';

/** The parts of a run that a case needs. */
export interface CaseRunnerDeps {
  readonly session: Session;
  readonly producers: Producers;
  readonly ledger: Ledger;
  readonly controls: Controls;
  readonly checks: readonly Check[];
  readonly readings: readonly PracticeReading[];
  readonly score: Score;
  operation(id: string): Operation;
  /** The smallest valid case of an operation: a plain request. */
  smallest(operation: Operation): Case | undefined;
  /** The same mutation made of a smaller control. */
  standIn(planned: Case): Case | undefined;
  /** Smaller forms of a failing case. */
  smaller(planned: Case): Iterable<Case>;
}

/** What a case found on the wire, before it is judged. */
interface Sent {
  readonly planned: Case;
  readonly operation: Operation;
  /** As sent but for the credentials. */
  readonly request: PlannedRequest;
  readonly exchange: Exchange;
  readonly values: SlotValues;
}

/** Cases of the other phases are the smallest of their kind already. */
const shrunkPhases = new Set<Case['phase']>(['coverage', 'pairs', 'property']);

/** Why a case was not sent. */
interface NotSent {
  readonly reason: InconclusiveReason;
  readonly detail: string;
}

/** The check that decides a case, and under which a case without an answer is counted. */
function mainCheckOf(planned: Case): string {
  if (planned.mode === 'valid') return 'valid-accepted';
  if (planned.mode === 'probe') return 'survives-probe';
  if (planned.mutation?.keyword === 'credentials') return 'auth-enforced';
  return planned.mutation?.keyword === 'method' ? 'method-refused' : 'invalid-rejected';
}

/** Runs planned cases one by one: slots, safety, control, sending, judging. */
export class CaseRunner {
  readonly #deps: CaseRunnerDeps;
  /** Findings that were shrunk once: the first case of a cause stands for all. */
  readonly #shrunk = new Set<string>();
  readonly #failures: { readonly sent: Sent; readonly fingerprint: string }[] = [];

  constructor(deps: CaseRunnerDeps) {
    this.#deps = deps;
  }

  /**
   * Runs a case. When the request was sent and the answer is broken, nothing is judged yet: the returned function
   * sends it once more and must be called while nothing else is under way.
   */
  async run(planned: Case): Promise<(() => Promise<void>) | undefined> {
    const sent = await this.#send(planned, 'case');
    if ('reason' in sent) {
      this.leaveOut(planned, sent.reason, sent.detail);
      return undefined;
    }
    if (sent.exchange.error?.sent) return () => this.#again(sent);
    // Who walks a list must be alone: others add rows and take them away.
    if (isWalk(planned)) return () => this.#judge(sent, false);
    await this.#judge(sent, false);
    return undefined;
  }

  /** Sends and judges a control; a broken answer is sent again at once, without waiting for the others. */
  async runControl(control: Case, purpose: 'case' | 'control'): Promise<Exchange | NotSent> {
    const sent = await this.#send(control, purpose);
    if ('reason' in sent) {
      if (purpose === 'case') this.leaveOut(control, sent.reason, sent.detail);
      return sent;
    }
    if (sent.exchange.error?.sent) await this.#again(sent);
    else await this.#judge(sent, false);
    return sent.exchange;
  }

  /** Set-up is a valid request like any other: its answer is judged. */
  judgeSetUp(planned: Case, operation: Operation, exchange: Exchange): void {
    const { session, checks, readings } = this.#deps;
    this.#emit(planned, judgeExchange(session.contextOf(planned, operation, exchange), { checks, readings }), exchange);
  }

  /** A case that the budget, an interrupt or safety kept from being sent. */
  leaveOut(planned: Case, reason: InconclusiveReason, detail: string): void {
    const outcome: Outcome = {
      caseId: planned.id,
      operationId: planned.operationId,
      checkId: mainCheckOf(planned),
      status: 'inconclusive',
      violations: [],
      reason,
      detail,
    };
    this.#emit(planned, [{ outcome, fingerprints: [] }]);
  }

  async #send(planned: Case, purpose: 'case' | 'control'): Promise<Sent | NotSent> {
    const { producers, controls, session } = this.#deps;
    const operation = this.#deps.operation(planned.operationId);
    if (planned.control !== undefined && planned.control !== planned.id) {
      const control = await controls.accepted(planned.control);
      if (!control.accepted) {
        // Once: what stands in for a control is not replaced again.
        const standIn = planned.standIn || control.reason !== 'control-refused' ? undefined : this.#deps.standIn(planned);
        return standIn ? this.#send(standIn, purpose) : control;
      }
    }
    const values = await producers.valuesFor(planned.slots, new Map(), this.#usesUp(planned, operation));
    if ('missing' in values) return { reason: values.notAllowed ? 'not-allowed' : 'no-producer', detail: values.detail };
    const danger = this.#danger(planned, operation, values);
    if (danger !== undefined) return { reason: 'not-allowed', detail: danger };
    const aborts = variantOf(planned, session.options.pack)?.kind === 'aborted';
    const more = aborts ? { abortAfterEvents } : {};
    const request = this.#requestOf(planned, operation, values);
    const exchange = await session.send(planned, request, operation, purpose, more);
    this.#learn(operation, exchange, values, planned, request);
    return { planned, operation, request, exchange, values };
  }

  /**
   * Whether a case may get resources of its own. A refused one uses nothing up and shares; but a delete without proper
   * credentials that is accepted all the same would take away what another case holds.
   */
  #usesUp(planned: Case, operation: Operation): boolean {
    if (planned.mode !== 'invalid') return true;
    return planned.mutation?.keyword === 'credentials' && classesOf(operation, this.#deps.session.options.pack).includes('delete');
  }

  #requestOf(planned: Case, operation: Operation, values: SlotValues): PlannedRequest {
    const { options } = this.#deps.session;
    const filled = fillSlots(planned.request, planned.slots, values, operation);
    return options.target.embedded ? filled : thrifty(filled, planned, operation, options.pack);
  }

  /** On a foreign target, changes and deletes go only to what this run made. */
  #danger(planned: Case, operation: Operation, values: SlotValues): string | undefined {
    const { session, ledger } = this.#deps;
    if (session.options.target.embedded) return undefined;
    const classes = classesOf(operation, session.options.pack);
    if (!classes.includes('mutate') && !classes.includes('delete')) return undefined;
    for (const slot of planned.slots.filter((one) => one.at.startsWith('/pathParameters/'))) {
      const family = familyOf(slot);
      const entry = family === undefined ? undefined : ledger.get(family, values.get(slot.from) ?? '', values);
      if (!entry || entry.found) return `${operation.id} would change ${slot.from}, which this run did not make.`;
    }
    return undefined;
  }

  #learn(operation: Operation, exchange: Exchange, values: SlotValues, planned: Case, request: PlannedRequest): void {
    const { producers, ledger, session } = this.#deps;
    if (!isAccepted(exchange)) return;
    for (const made of producers.learn(operation, request, exchange, values))
      session.recorder.emit({ type: 'ledger', action: 'created', family: made.family, resource: made.id, exchangeId: exchange.id });
    for (const removed of producers.removes(operation, request)) {
      ledger.remove(removed.family, removed.id, removed.within);
      session.recorder.emit({ type: 'ledger', action: 'removed', family: removed.family, resource: removed.id, exchangeId: exchange.id });
    }
    // Whatever a `fresh` slot named is used up now, also when a case that should have been refused was accepted.
    if (planned.mode === 'valid') return;
    for (const slot of planned.slots.filter((one) => one.fresh)) {
      const entry = ledger.get(familyOf(slot) ?? '', values.get(slot.from) ?? '', values);
      if (entry) ledger.remove(entry.family, entry.id, entry.context);
    }
  }

  async #again(first: Sent): Promise<void> {
    const { session } = this.#deps;
    const exchange = await session.send(first.planned, first.request, first.operation, 'again');
    this.#learn(first.operation, exchange, first.values, first.planned, first.request);
    if (exchange.error) {
      await this.#judge({ ...first, exchange }, false);
      return;
    }
    await this.#judge(first, true);
    await this.#judge({ ...first, exchange }, false);
  }

  async #judge(sent: Sent, flaky: boolean): Promise<void> {
    const { session, checks, readings, controls } = this.#deps;
    // A probe must not break the next request: its control is that request.
    if (sent.planned.mode === 'probe' && sent.planned.control !== undefined) await controls.again(sent.planned.control);
    // Nearly every case is neither: what has nothing to wait for is judged at once.
    const streams = sent.planned.phase === 'stream';
    const twin =
      flaky || !streams
        ? undefined
        : await twinOf(sent, sent.request, session, (request, exchange) =>
            this.#learn(sent.operation, exchange, sent.values, sent.planned, request),
          );
    const walk = flaky || !isWalk(sent.planned) ? undefined : await walkOf(sent, sent.request, session);
    const gone = flaky || !mayBeGone(sent, session) ? undefined : await goneOf(sent, this.#deps);
    const over = flaky || !mayBeOver(sent, session) ? undefined : await overOf(sent, this.#deps);
    const related = {
      ...(sent.planned.control === undefined ? {} : controls.related(sent.planned.control)),
      ...(twin?.compared && { twin: twin.compared }),
      ...(walk && { walk }),
      ...(gone && { gone }),
      ...(over && { over }),
    };
    const context = session.contextOf(sent.planned, sent.operation, sent.exchange, related);
    let judged = judgeExchange(context, { checks, readings, flaky });
    if (sent.planned.control !== undefined && sent.planned.mode === 'invalid') judged = await this.#doubtControl(sent, judged);
    this.#emit(sent.planned, judged, sent.exchange);
    if (twin) this.#judgePlain(sent, twin);
    if (streams) await this.#answersStill(sent);
    this.#keepForShrinking(sent, judged);
  }

  /** The plain answer to a streamed request is an answer like any other; only what was streamed is not in it. */
  #judgePlain({ planned, operation }: Sent, twin: Twin): void {
    const { session, checks, readings } = this.#deps;
    const { stream: _, ...plain } = planned;
    const context = session.contextOf({ ...plain, request: twin.request }, operation, twin.exchange);
    const judged = judgeExchange(context, { checks, readings });
    this.#emit(planned, judged, twin.exchange);
  }

  /** The first case of a new failure stands for all of them; one that the plan made as small as it gets is not shrunk. */
  #keepForShrinking(sent: Sent, judged: readonly Judged[]): void {
    if (!shrunkPhases.has(sent.planned.phase)) return;
    const failing = judged.filter(({ outcome }) => outcome.status === 'fail').flatMap(({ fingerprints }) => fingerprints);
    const [fingerprint] = failing.filter((one) => !this.#shrunk.has(one));
    for (const one of failing) this.#shrunk.add(one);
    if (fingerprint !== undefined) this.#failures.push({ sent, fingerprint });
  }

  /** Looks for the smallest request of each failure, once the plan is done: breadth comes before shrinking. */
  async shrinkFailures(): Promise<void> {
    for (const { sent, fingerprint } of this.#failures.splice(0)) {
      if (!this.#deps.session.meter.mayStart()) return;
      await this.#shrink(sent, fingerprint);
    }
  }

  async #shrink(sent: Sent, fingerprint: string): Promise<void> {
    const { session, checks, readings, controls } = this.#deps;
    const { smallest, requests } = await shrink(sent.planned, fingerprint, {
      candidates: (planned) => this.#deps.smaller(planned),
      mayStart: () => session.meter.mayStart(),
      shows: async (candidate) => {
        const request = this.#requestOf(candidate, sent.operation, sent.values);
        const exchange = await session.send(candidate, request, sent.operation, 'shrink', { credentials: sent.planned.credentials });
        this.#learn(sent.operation, exchange, sent.values, candidate, request);
        const related = candidate.control === undefined ? {} : controls.related(candidate.control);
        const again = judgeExchange(session.contextOf(candidate, sent.operation, exchange, related), { checks, readings });
        return new Set(again.flatMap(({ fingerprints }) => fingerprints));
      },
    });
    if (requests === 0) return;
    const control = sent.planned.control === undefined ? undefined : controls.related(sent.planned.control).control?.case.request;
    session.recorder.emit({
      type: 'shrink',
      caseId: sent.planned.id,
      requests,
      smallest,
      difference: differenceFrom(control, smallest.request),
    });
  }

  /** After a client that went away, and after a bad request, the server still answers a plain one. */
  async #answersStill({ planned, operation }: Sent): Promise<void> {
    const { session, controls } = this.#deps;
    const kind = variantOf(planned, session.options.pack)?.kind ?? 'answered';
    if (kind === 'answered') return;
    const plain = this.#deps.smallest(operation);
    if (plain) await controls.again(plain.id);
  }

  /** A mutant that was not cleanly refused proves nothing if its control is no longer accepted either. */
  async #doubtControl(sent: Sent, judged: readonly Judged[]): Promise<Judged[]> {
    const { controls } = this.#deps;
    const control = sent.planned.control ?? '';
    const clean = judged.every(({ outcome }) => outcome.status === 'pass' || outcome.status === 'note');
    if (!(await controls.afterMutant(control, clean))) return [...judged];
    const detail = 'The control was accepted before and is refused now.';
    return judged.map((one) =>
      one.outcome.checkId === mainCheckOf(sent.planned)
        ? { outcome: { ...one.outcome, status: 'inconclusive', violations: [], reason: 'control-refused', detail }, fingerprints: [] }
        : one,
    );
  }

  #emit(planned: Case, judged: readonly Judged[], exchange?: Exchange): void {
    const { session, score } = this.#deps;
    const more = exchange ? { again: () => curlLine(exchange.request, curlOptionsOf(session.options)) } : { planned };
    for (const event of judgedEvents(judged, more)) session.recorder.emit(event);
    score.add(planned, judged, exchange !== undefined && isAccepted(exchange));
  }
}

/** With the key known, a wrong one is written as it was sent. */
function curlOptionsOf({ keyVariable, target }: Session['options']): Parameters<typeof curlLine>[1] {
  return { keyVariable, ...(target.apiKey !== undefined && { key: target.apiKey }) };
}
