import type { Dispatcher } from 'undici';
import type { Exchange, NameValue, StreamEnd, TransportError } from '../model/index.ts';
import type { WireLimits } from '../wire/index.ts';
import { bodyOf } from '../wire/index.ts';
import type { SendOptions, Timeouts } from './sender.ts';
import { createTape } from './tape.ts';
import { transportErrorOf } from './transport-error.ts';
import type { Watch, Watched } from './watch.ts';

interface Recording {
  readonly request: {
    readonly method: string;
    readonly url: string;
    readonly headers: readonly NameValue[];
    readonly body?: Uint8Array;
    readonly text?: string;
  };
  readonly limits: WireLimits;
  readonly timeouts: Timeouts;
  readonly sending: SendOptions;
  readonly watch: Watch;
  readonly resolve: (exchange: Exchange) => void;
}

/** The undici handler of one exchange: limits, times, and resolves exactly once. */
export function createRecorder(recording: Recording): Dispatcher.DispatchHandler {
  const { limits, timeouts, sending, watch } = recording;
  let control: Dispatcher.DispatchController | undefined;
  let startedAt = Date.now();
  let started = performance.now();
  let stalledBefore = 0;
  let firstByteMs: number | undefined;
  let sent = false;
  let settled = false;
  const watched: Watched = { totalAt: 0, idleAt: 0, late };
  const now = () => performance.now() - started;
  const tape = createTape({
    limits,
    now,
    stop,
    drained: () => control?.resume(),
    onEvent: (event) => {
      const wish = sending.onEvent?.(event);
      return event.index + 1 === sending.abortAfterEvents ? 'stop' : wish;
    },
  });
  const onAbort = () => stop('aborted-by-client', { kind: 'aborted', sent, message: 'The run was stopped' });

  function late(limit: 'totalMs' | 'idleMs'): void {
    const what = limit === 'totalMs' ? `No end within ${timeouts.totalMs} ms` : `No byte for ${timeouts.idleMs} ms`;
    const kind = limit === 'totalMs' ? 'total-timeout' : 'idle-timeout';
    stop(kind, { kind, sent: true, message: what, limit });
  }

  function byteCame(): void {
    watched.idleAt = performance.now() + timeouts.idleMs;
  }

  /** Closes the connection. Without an error the stream was read as far as anyone wanted. */
  function stop(end: StreamEnd, error?: TransportError): void {
    if (settled) return;
    finish(end, error);
    control?.abort(new Error(error?.message ?? 'The stream was read far enough'));
  }

  function finish(end: StreamEnd, error?: TransportError): void {
    if (settled) return;
    settled = true;
    watch.delete(watched);
    sending.signal?.removeEventListener('abort', onAbort);
    const { method, url, headers, body, text } = recording.request;
    const stalledMs = watch.stalledMs - stalledBefore;
    recording.resolve({
      id: sending.exchangeId,
      ...(sending.caseId === undefined ? {} : { caseId: sending.caseId }),
      ...(sending.operationId === undefined ? {} : { operationId: sending.operationId }),
      request: { method, url, headers, ...(body && { body: text === undefined ? bodyOf(body) : { size: body.length, text } }) },
      ...tape.result(end, error),
      timings: {
        startedAt,
        ...(firstByteMs === undefined ? {} : { firstByteMs: rounded(firstByteMs) }),
        endMs: rounded(now()),
        ...(stalledMs > 0 && { stalledMs: rounded(stalledMs) }),
      },
    });
  }

  return {
    onRequestStart(controller) {
      control = controller;
      startedAt = Date.now();
      started = performance.now();
      stalledBefore = watch.stalledMs;
      if (sending.signal?.aborted === true) return onAbort();
      sent = true;
      sending.signal?.addEventListener('abort', onAbort, { once: true });
      watched.totalAt = started + timeouts.totalMs;
      watched.idleAt = started + timeouts.idleMs;
      watch.add(watched, Math.min(timeouts.totalMs, timeouts.idleMs));
    },
    onResponseStart(controller, status) {
      // 1xx are not the answer; the next head is.
      if (status < 200 || settled) return;
      firstByteMs = now();
      byteCame();
      tape.head(status, namesAndValues(controller.rawHeaders));
    },
    onResponseData(controller, chunk) {
      if (settled) return;
      byteCame();
      if (!tape.data(chunk)) controller.pause();
    },
    onResponseEnd() {
      if (!settled) tape.end(() => finish('closed'));
    },
    onResponseError(_controller, error) {
      finish('reset', transportErrorOf(error, sent));
    },
  };
}

/** To the microsecond: the clock tells no more. */
function rounded(ms: number): number {
  return Math.round(ms * 1000) / 1000;
}

function namesAndValues(raw: Dispatcher.DispatchController['rawHeaders']): NameValue[] {
  const pairs: NameValue[] = [];
  if (!Array.isArray(raw)) return pairs;
  for (let at = 0; at < raw.length; at += 2) pairs.push([latin1(raw[at] ?? ''), latin1(raw[at + 1] ?? '')]);
  return pairs;
}

function latin1(entry: string | Buffer): string {
  return typeof entry === 'string' ? entry : entry.toString('latin1');
}
