import type {
  Case,
  CheckContext,
  Contract,
  Credentials,
  Exchange,
  ExchangeEvent,
  Json,
  Operation,
  PlannedRequest,
  RequestView,
  ResponseView,
  SchemaJudge,
} from '../model/index.ts';
import type { SendOptions, Sender } from '../http/index.ts';
import { requestView, responseView, serialiseRequest } from '../wire/index.ts';
import type { Meter } from './budget.ts';
import { type Judging, contextOf } from './context.ts';
import { withCredentials } from './credentials.ts';
import type { RunOptions, Target } from './options.ts';
import type { Recorder } from './recorder.ts';
import { createSeenCollector, type SeenCollector } from './seen.ts';
import { type LiveStream, type StreamJudging, startStream } from './streams.ts';
import { wait } from './wait.ts';

/** What a sending may do beside sending. */
export interface SendMore extends Pick<SendOptions, 'onEvent' | 'abortAfterEvents'> {
  readonly credentials?: Credentials;
}

/** Both sides of an exchange, as the checks read them. */
interface Views {
  readonly request: RequestView;
  readonly response: ResponseView | undefined;
}

/** Sends one request of a run and records it; the only place of the engine that touches the wire. */
export class Session {
  readonly options: RunOptions;
  readonly contract: Contract;
  readonly judge: SchemaJudge;
  readonly recorder: Recorder;
  readonly meter: Meter;
  /** Made for the origin alone: the path of the base URL is settled by the smoke test. */
  readonly #sender: Sender;
  readonly #sent = new Map<string, number>();
  readonly #seen: SeenCollector;
  /** An answer is read for what it shows, for what it made and by the checks: parsed once. What was sent needs no parsing. */
  readonly #views = new WeakMap<Exchange, Views>();
  readonly #judging: Judging;
  #base = '';
  #basePath = '';

  constructor(parts: { options: RunOptions; judge: SchemaJudge; recorder: Recorder; meter: Meter; sender: Sender }) {
    this.options = parts.options;
    this.contract = parts.options.contract;
    this.judge = parts.judge;
    this.recorder = parts.recorder;
    this.meter = parts.meter;
    this.#sender = parts.sender;
    this.useBase(parts.options.target.url);
    this.#seen = createSeenCollector(this.contract, this.judge);
    const { contract, pack, profile, reading, maxLatencyMs } = parts.options;
    this.#judging = {
      contract,
      judge: this.judge,
      profile,
      reading,
      ...(pack && { pack }),
      ...(maxLatencyMs !== undefined && { maxLatencyMs }),
    };
  }

  get target(): Target {
    return { ...this.options.target, url: this.#base };
  }

  /** Settles which of the candidate base URLs is used from now on. */
  useBase(url: string): void {
    this.#base = url;
    this.#basePath = new URL(url).pathname.replace(/\/$/, '');
  }

  /**
   * Sends a request whose slots are filled. A 429 or 503 with Retry-After is waited for, at most {@link maxWaits}
   * times and never past the budget; the last answer counts.
   */
  async send(
    planned: Case,
    request: PlannedRequest,
    operation: Operation,
    purpose: ExchangeEvent['purpose'],
    more: SendMore = {},
  ): Promise<Exchange> {
    for (let waits = 0; ; waits++) {
      const exchange = await this.#once(planned, request, operation, purpose, more);
      const delay = retryDelay(exchange);
      if (delay === undefined || waits >= maxWaits || !this.meter.mayStart()) return exchange;
      await wait(delay);
    }
  }

  async #once(
    planned: Case,
    request: PlannedRequest,
    operation: Operation,
    purpose: ExchangeEvent['purpose'],
    more: SendMore,
  ): Promise<Exchange> {
    const credentialed = withCredentials(request, operation, this.contract, this.target, more.credentials ?? planned.credentials);
    const wire = serialiseRequest(operation, credentialed);
    const count = (this.#sent.get(planned.id) ?? 0) + 1;
    this.#sent.set(planned.id, count);
    this.meter.count();
    let live: LiveStream | undefined;
    const start = (): LiveStream | undefined =>
      startStream(this.#streams(), operation, { body: jsonBodyOf(request), query: request.query });
    const received = await this.#sender.send(
      { ...wire, pathAndQuery: `${this.#basePath}${wire.pathAndQuery}` },
      {
        exchangeId: count === 1 ? planned.id : `${planned.id}.${count}`,
        caseId: planned.id,
        operationId: operation.id,
        onEvent: (event) => {
          live ??= start();
          const broken = live?.push(event) ?? false;
          return more.onEvent?.(event) ?? (broken ? 'keep-around' : 'continue');
        },
        ...(more.abortAfterEvents !== undefined && { abortAfterEvents: more.abortAfterEvents }),
      },
    );
    if (received.stream) live ??= start();
    const exchange = live?.finish(received) ?? received;
    const views = this.#viewsOf(exchange, operation, credentialed.body && 'json' in credentialed.body ? credentialed.body.json : undefined);
    const seen = this.#seen(operation, views.response);
    this.recorder.emit({ type: 'exchange', case: planned, purpose, exchange, ...(seen && { seen }) });
    return exchange;
  }

  /** What the checks see of an exchange of this run. */
  contextOf(planned: Case, operation: Operation, exchange: Exchange, related: CheckContext['related'] = {}): CheckContext {
    return contextOf(this.#judging, operation, exchange, planned, related, this.#viewsOf(exchange, operation));
  }

  #viewsOf(exchange: Exchange, operation: Operation, sent?: Json): Views {
    const known = this.#views.get(exchange);
    if (known) return known;
    const views = { request: requestView(exchange, operation, sent), response: responseView(exchange, operation) };
    this.#views.set(exchange, views);
    return views;
  }

  #streams(): StreamJudging {
    const { contract, pack } = this.options;
    return { contract, judge: this.judge, ...(pack && { pack }) };
  }

  jsonOf(exchange: Exchange, operation: Operation): unknown {
    return this.#viewsOf(exchange, operation).response?.json;
  }
}

/** The body as the judge of a stream reads the request: JSON, or the text parts of a multipart body by name. */
function jsonBodyOf(request: PlannedRequest): Json | undefined {
  const { body } = request;
  if (!body) return undefined;
  if ('json' in body) return body.json;
  return 'parts' in body ? Object.fromEntries(body.parts.map((part) => [part.name, part.text ?? ''])) : undefined;
}

const maxWaits = 3;
/** A server that asks for more than a minute is not waited for: the run would stand still. */
const longestWaitMs = 60_000;

function retryDelay(exchange: Exchange): number | undefined {
  const status = exchange.response?.status;
  if (status !== 429 && status !== 503) return undefined;
  const value = exchange.response?.headers.find(([name]) => name.toLowerCase() === 'retry-after')?.[1];
  if (value === undefined) return undefined;
  const seconds = Number(value);
  const ms = Number.isFinite(seconds) ? seconds * 1000 : Date.parse(value) - Date.now();
  return Number.isFinite(ms) && ms >= 0 && ms <= longestWaitMs ? ms : undefined;
}

/** Whether the answer says that the request was taken: any 2xx. */
export function isAccepted(exchange: Exchange): boolean {
  const status = exchange.response?.status;
  return status !== undefined && status >= 200 && status < 300 && !exchange.error;
}

/** Whether the answer is a redirect of an operation that declares redirects and no 2xx: it has no other way to take a request. */
export function isDeclaredRedirect(exchange: Exchange, operation: Operation | undefined): boolean {
  const status = exchange.response?.status;
  if (operation === undefined || status === undefined || status < 300 || status > 399) return false;
  const declared = operation.responses.map((response) => response.status.toUpperCase());
  return !declared.some((one) => one.startsWith('2')) && [String(status), '3XX'].some((one) => declared.includes(one));
}
