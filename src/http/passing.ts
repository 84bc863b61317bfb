import type { Exchange, NameValue, SentRequest, StreamEnd, StreamEvent, TransportError } from '../model/index.ts';
import type { WireLimits } from '../wire/index.ts';
import { bodyOf, defaultLimits } from '../wire/index.ts';
import type { AfterEvent } from './sender.ts';
import type { Tape } from './tape.ts';
import { createTape } from './tape.ts';

/**
 * What a proxy tells of an exchange, as it passes: bytes and times, nothing read of them. `at` is in ms since the request came.
 * The bytes of a chunk belong to whoever is passing them on: who keeps them longer than the call copies them.
 */
export type PassingEvent =
  | {
      readonly type: 'request';
      readonly id: string;
      readonly method: string;
      readonly url: string;
      readonly headers: readonly NameValue[];
      readonly startedAt: number;
    }
  | { readonly type: 'request-bytes'; readonly id: string; readonly bytes: Uint8Array }
  | { readonly type: 'response'; readonly id: string; readonly status: number; readonly headers: readonly NameValue[]; readonly at: number }
  | { readonly type: 'response-bytes'; readonly id: string; readonly bytes: Uint8Array; readonly at: number }
  | {
      readonly type: 'end';
      readonly id: string;
      readonly end: StreamEnd;
      readonly at: number;
      /** Bytes of the request's body, also of what was no longer told. */
      readonly requestSize: number;
      readonly error?: TransportError;
    };

export interface WitnessOptions {
  readonly limits?: Partial<WireLimits>;
  /** Every exchange once it is over, credentials included. */
  readonly onExchange: (exchange: Exchange) => void;
  /** Every event of a stream, and the request as far as it was sent. `stop` means nothing here: the stream belongs to the client. */
  readonly onEvent?: (event: StreamEvent, exchangeId: string, request: () => SentRequest) => AfterEvent | undefined;
}

/** Makes exchanges and stream events of what passes. */
export interface Witness {
  take(event: PassingEvent): void;
  /** Whether the bytes of the answer are held until its end: those of an event stream are not. */
  holds(id: string): boolean;
  /** Lets go of an exchange that nobody wants judged any more. */
  forget(id: string): void;
  /** Resolves once every exchange that ended was told: packed streams take their time. */
  settled(): Promise<void>;
}

interface Witnessed {
  readonly request: Omit<SentRequest, 'body'>;
  readonly startedAt: number;
  readonly body: Uint8Array[];
  readonly tape: Tape;
  /** Ms since the request came: the time of what is told now. */
  now: number;
  sentSize: number;
  isStream: boolean;
  firstByteMs?: number;
  broken?: TransportError;
}

/** Starts to put together what passes; limits bound what is kept of one exchange. */
export function createWitness(options: WitnessOptions): Witness {
  const limits: WireLimits = { ...defaultLimits, ...options.limits };
  const open = new Map<string, Witnessed>();
  const unpacking = new Set<string>();
  const waiting: (() => void)[] = [];

  function drop(id: string): void {
    open.delete(id);
    unpacking.delete(id);
    if (unpacking.size === 0) for (const resolve of waiting.splice(0)) resolve();
  }

  function begin(event: Extract<PassingEvent, { type: 'request' }>): Witnessed {
    const { id, method, url, headers, startedAt } = event;
    const tape = createTape({
      limits,
      now: () => witnessed.now,
      // What ends our record never ends the client's stream.
      stop: (_end, problem) => {
        if (problem?.kind === 'content-coding') witnessed.broken = problem;
      },
      drained: () => undefined,
      ...(options.onEvent === undefined
        ? {}
        : {
            onEvent: (one) => {
              const wish = options.onEvent?.(one, id, () => requestOf(witnessed));
              return wish === 'stop' ? 'continue' : wish;
            },
          }),
    });
    const witnessed: Witnessed = {
      request: { method, url, headers },
      startedAt,
      body: [],
      tape,
      now: 0,
      sentSize: 0,
      isStream: false,
    };
    return witnessed;
  }

  function end(event: Extract<PassingEvent, { type: 'end' }>, witnessed: Witnessed): void {
    const { tape, startedAt, firstByteMs } = witnessed;
    const report = (): void => {
      // Unpacking may have ended later than the bytes; what was let go of meanwhile is not told.
      if (open.get(event.id) !== witnessed) return;
      const result = tape.result(event.end, event.error ?? witnessed.broken);
      const timings = { startedAt, ...(firstByteMs === undefined ? {} : { firstByteMs }), endMs: event.at };
      options.onExchange({ id: event.id, request: requestOf(witnessed), ...result, timings });
      drop(event.id);
    };
    witnessed.now = event.at;
    witnessed.sentSize = event.requestSize;
    unpacking.add(event.id);
    if (event.end === 'closed' && event.error === undefined) tape.end(report);
    else report();
  }

  return {
    take(event) {
      if (event.type === 'request') {
        open.set(event.id, begin(event));
        return;
      }
      const witnessed = open.get(event.id);
      if (witnessed === undefined) return;
      switch (event.type) {
        case 'request-bytes':
          if (witnessed.sentSize < limits.bodyBytes) witnessed.body.push(event.bytes.subarray(0, limits.bodyBytes - witnessed.sentSize));
          witnessed.sentSize += event.bytes.length;
          break;
        case 'response':
          witnessed.now = event.at;
          witnessed.firstByteMs = event.at;
          witnessed.isStream = event.headers.some(
            ([name, value]) => /^content-type$/i.test(name) && /^\s*text\/event-stream\b/i.test(value),
          );
          witnessed.tape.head(event.status, event.headers);
          break;
        case 'response-bytes':
          witnessed.now = event.at;
          witnessed.tape.data(event.bytes);
          break;
        case 'end':
          end(event, witnessed);
      }
    },
    holds: (id) => open.get(id)?.isStream === false,
    forget(id) {
      open.get(id)?.tape.result('aborted-by-client');
      drop(id);
    },
    settled() {
      const { promise, resolve } = Promise.withResolvers<void>();
      if (unpacking.size === 0) resolve();
      else waiting.push(resolve);
      return promise;
    },
  };
}

function requestOf({ request, body, sentSize }: Witnessed): SentRequest {
  if (sentSize === 0) return request;
  const bytes = Buffer.concat(body);
  return { ...request, body: { ...bodyOf(bytes, sentSize > bytes.length), size: sentSize } };
}
