import type { Dispatcher } from 'undici';
import type { Exchange, NameValue, StreamEnd, TransportError } from '../model/index.ts';
import type { WireLimits } from '../wire/index.ts';
import { bodyOf } from '../wire/index.ts';
import type { SendOptions, Timeouts } from './sender.ts';
import { createTape } from './tape.ts';
import { transportErrorOf } from './transport-error.ts';

interface Recording {
  readonly request: { readonly method: string; readonly url: string; readonly headers: readonly NameValue[]; readonly body?: Uint8Array };
  readonly limits: WireLimits;
  readonly timeouts: Timeouts;
  readonly sending: SendOptions;
  readonly resolve: (exchange: Exchange) => void;
}

/** The undici handler of one exchange: limits, times, and resolves exactly once. */
export function createRecorder(recording: Recording): Dispatcher.DispatchHandler {
  const { limits, timeouts, sending } = recording;
  let control: Dispatcher.DispatchController | undefined;
  let startedAt = Date.now();
  let started = performance.now();
  let firstByteMs: number | undefined;
  let sent = false;
  let settled = false;
  let totalTimer: NodeJS.Timeout | undefined;
  let idleTimer: NodeJS.Timeout | undefined;
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

  /** Closes the connection. Without an error the stream was read as far as anyone wanted. */
  function stop(end: StreamEnd, error?: TransportError): void {
    if (settled) return;
    finish(end, error);
    control?.abort(new Error(error?.message ?? 'The stream was read far enough'));
  }

  function finish(end: StreamEnd, error?: TransportError): void {
    if (settled) return;
    settled = true;
    clearTimeout(totalTimer);
    clearTimeout(idleTimer);
    sending.signal?.removeEventListener('abort', onAbort);
    const { body, ...request } = recording.request;
    recording.resolve({
      id: sending.exchangeId,
      ...(sending.caseId === undefined ? {} : { caseId: sending.caseId }),
      ...(sending.operationId === undefined ? {} : { operationId: sending.operationId }),
      request: { ...request, ...(body === undefined ? {} : { body: bodyOf(body) }) },
      ...tape.result(end, error),
      timings: { startedAt, ...(firstByteMs === undefined ? {} : { firstByteMs }), endMs: now() },
    });
  }

  return {
    onRequestStart(controller) {
      control = controller;
      startedAt = Date.now();
      started = performance.now();
      if (sending.signal?.aborted === true) return onAbort();
      sent = true;
      sending.signal?.addEventListener('abort', onAbort, { once: true });
      totalTimer = setTimeout(() => {
        stop('total-timeout', { kind: 'total-timeout', sent: true, message: `No end within ${timeouts.totalMs} ms`, limit: 'totalMs' });
      }, timeouts.totalMs);
      idleTimer = setTimeout(() => {
        stop('idle-timeout', { kind: 'idle-timeout', sent: true, message: `No byte for ${timeouts.idleMs} ms`, limit: 'idleMs' });
      }, timeouts.idleMs);
    },
    onResponseStart(controller, status) {
      // 1xx are not the answer; the next head is.
      if (status < 200 || settled) return;
      firstByteMs = now();
      idleTimer?.refresh();
      tape.head(status, namesAndValues(controller.rawHeaders));
    },
    onResponseData(controller, chunk) {
      if (settled) return;
      idleTimer?.refresh();
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

function namesAndValues(raw: Dispatcher.DispatchController['rawHeaders']): NameValue[] {
  if (!Array.isArray(raw)) return [];
  const texts = raw.map((entry) => (typeof entry === 'string' ? entry : entry.toString('latin1')));
  return texts.flatMap((name, index) => (index % 2 === 0 ? [[name, texts[index + 1] ?? '']] : []));
}
