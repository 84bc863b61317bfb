import type { Dispatcher } from 'undici';
import type { Exchange, NameValue, ReceivedResponse, StreamEnd, TransportError } from '../model/index.ts';
import type { LimitName, StreamUnpacker, WireLimits } from '../wire/index.ts';
import { bodyOf, codingsOf, createSseDecoder, createUnpacker, decodeContent, LimitExceeded } from '../wire/index.ts';
import type { SendOptions, Timeouts } from './sender.ts';
import { createStreamKeeper } from './stream-keeper.ts';
import { transportErrorOf } from './transport-error.ts';

interface Recording {
  readonly request: { readonly method: string; readonly url: string; readonly headers: readonly NameValue[]; readonly body?: Uint8Array };
  readonly limits: WireLimits;
  readonly timeouts: Timeouts;
  readonly sending: SendOptions;
  readonly resolve: (exchange: Exchange) => void;
}

/** Text of a stream kept in its exchange, so that a body that is no stream after all can be shown. */
const streamTextKept = 64 * 1024;

/** The undici handler of one exchange: collects, limits, times, and resolves exactly once. */
export function createRecorder(recording: Recording): Dispatcher.DispatchHandler {
  const { limits, timeouts, sending } = recording;
  let control: Dispatcher.DispatchController | undefined;
  let startedAt = Date.now();
  let started = performance.now();
  let firstByteMs: number | undefined;
  let sent = false;
  let settled = false;
  let head: { readonly status: number; readonly headers: readonly NameValue[] } | undefined;
  let totalTimer: NodeJS.Timeout | undefined;
  let idleTimer: NodeJS.Timeout | undefined;
  let stopped = false;
  let streamEnd: StreamEnd | undefined;

  let encodedSize = 0;
  const chunks: Uint8Array[] = [];
  let coded = false;
  let unpacker: StreamUnpacker | undefined;
  let reader: ReturnType<typeof createStreamReader> | undefined;

  const now = () => performance.now() - started;

  /** Closes the connection. Without an error the stream was read as far as anyone wanted. */
  function stop(error: TransportError | undefined, end: StreamEnd): void {
    if (stopped || settled) return;
    stopped = true;
    streamEnd = end;
    // The abort reports an error at once; `stopped` keeps it from being taken for the target's.
    control?.abort(new Error(error?.message ?? 'The stream was read far enough'));
    finish(error, end);
  }

  function overLimit(limit: LimitName): void {
    stop({ kind: 'limit', sent: true, message: new LimitExceeded(limit, limits[limit]).message, limit }, 'limit');
  }

  function createStreamReader() {
    const decoder = createSseDecoder({ eventBytes: limits.eventBytes });
    const keeper = createStreamKeeper();
    const text: Uint8Array[] = [];
    let textSize = 0;
    let events = 0;
    function take(found: ReturnType<typeof decoder.push>): void {
      for (const event of found) {
        events += 1;
        keeper.event(event);
        const wish = sending.onEvent?.(event);
        if (wish === 'keep-around') keeper.keepAround();
        if (wish === 'stop' || events === sending.abortAfterEvents) {
          return stop(undefined, 'aborted-by-client');
        }
        if (events >= limits.events) return overLimit('events');
      }
      if (decoder.exceeded !== undefined) overLimit(decoder.exceeded);
    }
    return {
      bytes: (bytes: Uint8Array) => {
        keeper.bytes(bytes);
        if (textSize < streamTextKept) {
          const piece = Buffer.from(bytes.subarray(0, streamTextKept - textSize));
          text.push(piece);
          textSize += piece.length;
        }
        take(decoder.push(bytes, now()));
      },
      end: () => take(decoder.end(now())),
      record: (end: StreamEnd) => keeper.record(end),
      body: () => ({ ...bodyOf(Buffer.concat(text), textSize < decoder.bytes), size: decoder.bytes }),
    };
  }

  function finish(error?: TransportError, end: StreamEnd = 'closed'): void {
    if (settled) return;
    settled = true;
    clearTimeout(totalTimer);
    clearTimeout(idleTimer);
    unpacker?.destroy();
    const unpacked = unpackedResponse(error);
    recording.resolve({
      id: sending.exchangeId,
      ...(sending.caseId === undefined ? {} : { caseId: sending.caseId }),
      ...(sending.operationId === undefined ? {} : { operationId: sending.operationId }),
      request: {
        method: recording.request.method,
        url: recording.request.url,
        headers: recording.request.headers,
        ...(recording.request.body === undefined ? {} : { body: bodyOf(recording.request.body) }),
      },
      ...unpacked,
      ...(reader === undefined ? {} : { stream: reader.record(streamEnd ?? end) }),
      timings: { startedAt, ...(firstByteMs === undefined ? {} : { firstByteMs }), endMs: now() },
    });
  }

  function unpackedResponse(error: TransportError | undefined): { response?: ReceivedResponse; error?: TransportError } {
    const problem = error === undefined ? {} : { error };
    if (head === undefined) return problem;
    const { status, headers } = head;
    if (reader !== undefined) {
      return { response: { status, headers, body: reader.body(), ...(coded ? { encodedSize } : {}), httpVersion: '1.1' }, ...problem };
    }
    const bytes = Buffer.concat(chunks);
    const cut = error !== undefined;
    if (!coded) return { response: { status, headers, body: bodyOf(bytes, cut), httpVersion: '1.1' }, ...problem };
    const unpacked = bytes.length === 0 ? { bytes } : decodeContent(valueOf(headers, 'content-encoding'), bytes, limits);
    if ('bytes' in unpacked) {
      return { response: { status, headers, body: bodyOf(unpacked.bytes, cut), encodedSize, httpVersion: '1.1' }, ...problem };
    }
    return {
      response: { status, headers, body: bodyOf(bytes, true), encodedSize, httpVersion: '1.1' },
      error: error ?? codingError(unpacked),
    };
  }

  return {
    onRequestStart(controller) {
      control = controller;
      sent = true;
      startedAt = Date.now();
      started = performance.now();
      if (sending.signal?.aborted === true)
        return stop({ kind: 'aborted', sent: false, message: 'The run was stopped' }, 'aborted-by-client');
      sending.signal?.addEventListener(
        'abort',
        () => stop({ kind: 'aborted', sent: true, message: 'The run was stopped' }, 'aborted-by-client'),
        {
          once: true,
        },
      );
      totalTimer = setTimeout(() => {
        stop({ kind: 'total-timeout', sent: true, message: `No end within ${timeouts.totalMs} ms`, limit: 'totalMs' }, 'total-timeout');
      }, timeouts.totalMs);
      idleTimer = setTimeout(() => {
        stop({ kind: 'idle-timeout', sent: true, message: `No byte for ${timeouts.idleMs} ms`, limit: 'idleMs' }, 'idle-timeout');
      }, timeouts.idleMs);
    },
    onResponseStart(controller, status) {
      // 1xx are not the answer; the next head is.
      if (status < 200 || settled) return;
      firstByteMs = now();
      idleTimer?.refresh();
      head = { status, headers: namesAndValues(controller.rawHeaders) };
      if (head.headers.length > limits.headerCount) return overLimit('headerCount');
      const codings = codingsOf(valueOf(head.headers, 'content-encoding'));
      coded = 'unknown' in codings || codings.length > 0;
      if (!/^\s*text\/event-stream\b/i.test(valueOf(head.headers, 'content-type') ?? '')) return;
      if ('unknown' in codings) return;
      reader = createStreamReader();
      if (codings.length === 0) return;
      const { bytes, end } = reader;
      unpacker = createUnpacker(
        codings,
        {
          data: bytes,
          done: (problem) => {
            if (problem?.limit !== undefined) return overLimit(problem.limit);
            if (problem !== undefined) return stop({ kind: 'content-coding', sent: true, message: problem.message }, 'reset');
            end();
            finish();
          },
        },
        () => controller.resume(),
        limits,
      );
    },
    onResponseData(controller, chunk) {
      if (settled) return;
      idleTimer?.refresh();
      encodedSize += chunk.length;
      if (unpacker !== undefined) {
        if (!unpacker.write(chunk)) controller.pause();
        return;
      }
      if (reader !== undefined) return reader.bytes(chunk);
      if (encodedSize > limits.bodyBytes) {
        chunks.push(chunk.subarray(0, chunk.length - (encodedSize - limits.bodyBytes)));
        return overLimit('bodyBytes');
      }
      chunks.push(chunk);
    },
    onResponseEnd() {
      if (settled) return;
      if (unpacker !== undefined) return unpacker.end();
      reader?.end();
      finish();
    },
    onResponseError(_controller, error) {
      if (settled || stopped) return;
      reader?.end();
      finish(transportErrorOf(error, sent), 'reset');
    },
  };
}

function codingError(problem: { readonly problem: string; readonly limit?: LimitName }): TransportError {
  const { limit } = problem;
  return {
    kind: limit === undefined ? 'content-coding' : 'limit',
    sent: true,
    message: problem.problem,
    ...(limit === undefined ? {} : { limit }),
  };
}

function namesAndValues(raw: Dispatcher.DispatchController['rawHeaders']): NameValue[] {
  if (!Array.isArray(raw)) return [];
  const texts = raw.map((entry) => (typeof entry === 'string' ? entry : entry.toString('latin1')));
  return texts.flatMap((name, index) => (index % 2 === 0 ? [[name, texts[index + 1] ?? '']] : []));
}

function valueOf(headers: readonly NameValue[], name: string): string | undefined {
  const values = headers.filter(([other]) => other.toLowerCase() === name).map(([, value]) => value);
  return values.length === 0 ? undefined : values.join(', ');
}
