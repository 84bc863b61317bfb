import type { Body, Exchange, NameValue, ReceivedResponse, StreamEnd, StreamEvent, TransportError } from '../model/index.ts';
import type { LimitName, StreamUnpacker, WireLimits } from '../wire/index.ts';
import { bodyOf, codingsOf, createSseDecoder, createUnpacker, decodeContent, headerOf, LimitExceeded } from '../wire/index.ts';
import type { AfterEvent } from './sender.ts';
import type { StreamKeeper } from './stream-keeper.ts';
import { createStreamKeeper } from './stream-keeper.ts';

/** What a response was, as its bytes come: whole bodies within the limit, of event streams what DESIGN 3.5 keeps. */
export interface Tape {
  head(status: number, headers: readonly NameValue[]): void;
  /** False asks to send no more until `drained` was called. */
  data(chunk: Uint8Array): boolean;
  /** The body is whole; `done` is called once it was unpacked, too. */
  end(done: () => void): void;
  /** What was received. Nothing is recorded after it. */
  result(end: StreamEnd, error?: TransportError): Pick<Exchange, 'response' | 'stream' | 'error'>;
}

export interface TapeOptions {
  readonly limits: WireLimits;
  /** Milliseconds since the request was sent. */
  readonly now: () => number;
  readonly onEvent?: (event: StreamEvent) => AfterEvent | undefined;
  /** Nobody wants more of the response: a limit was passed, its coding is broken, or (without an error) the judge has seen enough. */
  readonly stop: (end: StreamEnd, error?: TransportError) => void;
  readonly drained: () => void;
}

/** Text of a stream that is kept beside its events, so that a body that is no stream after all can be shown. */
const streamTextKept = 64 * 1024;

/** Makes the record of one response. */
export function createTape(options: TapeOptions): Tape {
  const { limits, stop } = options;
  let head: { readonly status: number; readonly headers: readonly NameValue[] } | undefined;
  let coded = false;
  let size = 0;
  const chunks: Uint8Array[] = [];
  let cut = false;
  let reader: StreamReader | undefined;
  let unpacker: StreamUnpacker | undefined;
  let broken = false;
  let whole = (): void => undefined;

  function overLimit(limit: LimitName): void {
    cut = true;
    stop('limit', { kind: 'limit', sent: true, message: new LimitExceeded(limit, limits[limit]).message, limit });
  }

  function unpackInto({ bytes, end }: StreamReader, codings: Parameters<typeof createUnpacker>[0]): StreamUnpacker {
    const sink = {
      data: bytes,
      done: (problem?: { readonly message: string; readonly limit?: LimitName }) => {
        if (problem === undefined) end();
        else {
          broken = true;
          if (problem.limit === undefined) stop('reset', { kind: 'content-coding', sent: true, message: problem.message });
          else overLimit(problem.limit);
        }
        whole();
      },
    };
    return createUnpacker(codings, sink, options.drained, limits);
  }

  return {
    head(status, headers) {
      head = { status, headers };
      if (headers.length > limits.headerCount) return overLimit('headerCount');
      const codings = codingsOf(headerOf(headers, 'content-encoding'));
      coded = 'unknown' in codings || codings.length > 0;
      if (!/^\s*text\/event-stream\b/i.test(headerOf(headers, 'content-type') ?? '') || 'unknown' in codings) return;
      reader = createStreamReader(options, overLimit);
      if (codings.length > 0) unpacker = unpackInto(reader, codings);
    },
    data(chunk) {
      if (cut) return true;
      size += chunk.length;
      if (unpacker !== undefined) return unpacker.write(chunk);
      if (reader !== undefined) reader.bytes(chunk);
      else if (size <= limits.bodyBytes) chunks.push(chunk);
      else {
        chunks.push(chunk.subarray(0, chunk.length - (size - limits.bodyBytes)));
        overLimit('bodyBytes');
      }
      return true;
    },
    end(done) {
      whole = done;
      if (unpacker !== undefined && !broken) return unpacker.end();
      reader?.end();
      done();
    },
    result(end, error) {
      unpacker?.destroy();
      if (head === undefined) return error === undefined ? {} : { error };
      if (reader !== undefined) {
        // What was cut off is an event, too, unless we did not want it.
        if (end !== 'aborted-by-client' && end !== 'limit') reader.end();
        const response = { ...head, body: reader.body(), ...(coded ? { encodedSize: size } : {}) };
        return { response, stream: reader.keeper.record(end), ...(error === undefined ? {} : { error }) };
      }
      return wholeResponse(head, joined(chunks), { limits, coded, size, cut: cut || error !== undefined }, error);
    },
  };
}

/** Nearly every answer comes in one piece, which is read before anything is written over it. */
function joined(chunks: readonly Uint8Array[]): Buffer {
  const [only] = chunks;
  return chunks.length === 1 && only ? Buffer.from(only.buffer, only.byteOffset, only.byteLength) : Buffer.concat(chunks);
}

function wholeResponse(
  head: { readonly status: number; readonly headers: readonly NameValue[] },
  bytes: Buffer,
  taken: { readonly limits: WireLimits; readonly coded: boolean; readonly size: number; readonly cut: boolean },
  error: TransportError | undefined,
): { response: ReceivedResponse; error?: TransportError } {
  const { coded, size, cut, limits } = taken;
  const problem = error === undefined ? {} : { error };
  if (!coded || bytes.length === 0) {
    return {
      response: { ...head, body: { ...bodyOf(bytes, cut), size: cut ? Math.max(size, bytes.length) : bytes.length } },
      ...problem,
    };
  }
  const unpacked = decodeContent(headerOf(head.headers, 'content-encoding'), bytes, limits);
  if ('bytes' in unpacked) return { response: { ...head, body: bodyOf(unpacked.bytes, cut), encodedSize: size }, ...problem };
  return { response: { ...head, body: bodyOf(bytes, true), encodedSize: size }, error: error ?? codingError(unpacked) };
}

interface StreamReader {
  readonly keeper: StreamKeeper;
  readonly bytes: (chunk: Uint8Array) => void;
  readonly end: () => void;
  readonly body: () => Body;
}

function createStreamReader({ limits, now, onEvent, stop }: TapeOptions, overLimit: (limit: LimitName) => void): StreamReader {
  const decoder = createSseDecoder({ eventBytes: limits.eventBytes });
  const keeper = createStreamKeeper();
  const text: Uint8Array[] = [];
  let textSize = 0;
  let events = 0;
  let closed = false;

  function take(found: readonly StreamEvent[]): void {
    for (const event of found) {
      if (closed) return;
      events += 1;
      keeper.event(event);
      const wish = onEvent?.(event);
      if (wish === 'keep-around') keeper.keepAround();
      if (wish === 'stop') {
        closed = true;
        return stop('aborted-by-client');
      }
      if (events >= limits.events) {
        closed = true;
        return overLimit('events');
      }
    }
    if (decoder.exceeded === undefined || closed) return;
    closed = true;
    overLimit(decoder.exceeded);
  }

  return {
    keeper,
    bytes(chunk) {
      if (closed) return;
      keeper.bytes(chunk);
      if (textSize < streamTextKept) {
        const piece = Buffer.from(chunk.subarray(0, streamTextKept - textSize));
        text.push(piece);
        textSize += piece.length;
      }
      take(decoder.push(chunk, now()));
    },
    end: () => take(decoder.end(now())),
    body: () => ({ ...bodyOf(Buffer.concat(text), textSize < decoder.bytes), size: decoder.bytes }),
  };
}

function codingError({ problem, limit }: { readonly problem: string; readonly limit?: LimitName }): TransportError {
  return {
    kind: limit === undefined ? 'content-coding' : 'limit',
    sent: true,
    message: problem,
    ...(limit === undefined ? {} : { limit }),
  };
}
