import type { Body, Exchange, SentRequest } from '../model/index.ts';
import type { Evidence } from './report.ts';

/** A body is shown to a person: what is longer stays in the journal. */
const bodyLimit = 16_000;
/** More than can be under way at once, so that an outcome finds its exchange; fewer where bodies are large. */
const recentLimit = { exchanges: 256, bytes: 32_000_000 };
/** One exchange for each finding is kept; a run with more causes than this shows the rest without. */
const keptLimit = 500;
const eventDataLimit = 1_000;
/** Timelines are long; past this many, a stream is shown by its violations alone. */
const streamLimit = 100;

/** Holds the last exchanges for a while, and those that a finding shows for good. */
export class EvidenceBook {
  readonly #recent = new Map<string, Exchange>();
  readonly #kept = new Map<string, Evidence>();
  #recentBytes = 0;
  #streams = 0;

  add(exchange: Exchange): void {
    this.#forget(exchange.id);
    this.#recent.set(exchange.id, exchange);
    this.#recentBytes += sizeOf(exchange);
    if (this.#recent.size <= recentLimit.exchanges && this.#recentBytes <= recentLimit.bytes) return;
    for (const oldest of this.#recent.keys()) {
      if (oldest === exchange.id) break;
      if (this.#recent.size <= recentLimit.exchanges && this.#recentBytes <= recentLimit.bytes) break;
      this.#forget(oldest);
    }
  }

  /** Keeps the exchange for the report; false where it is gone or the report is full. */
  keep(exchangeId: string): boolean {
    if (this.#kept.has(exchangeId)) return true;
    const exchange = this.#recent.get(exchangeId);
    if (exchange === undefined || this.#kept.size >= keptLimit) return false;
    const evidence = evidenceOf(exchange);
    const { stream } = evidence;
    this.#kept.set(
      exchangeId,
      stream === undefined || this.#streams++ < streamLimit ? evidence : { ...evidence, stream: { ...stream, events: [] } },
    );
    return true;
  }

  all(): Evidence[] {
    return [...this.#kept.values()];
  }

  #forget(exchangeId: string): void {
    const exchange = this.#recent.get(exchangeId);
    if (exchange === undefined) return;
    this.#recent.delete(exchangeId);
    this.#recentBytes -= sizeOf(exchange);
  }
}

function sizeOf({ request, response, stream }: Exchange): number {
  return (request.body?.size ?? 0) + (response?.body.size ?? 0) + (stream?.bytes ?? 0);
}

function evidenceOf(exchange: Exchange): Evidence {
  const { response, stream, error } = exchange;
  return {
    exchangeId: exchange.id,
    ...(exchange.caseId === undefined ? {} : { caseId: exchange.caseId }),
    ...(exchange.operationId === undefined ? {} : { operationId: exchange.operationId }),
    request: cutRequest(exchange.request),
    ...(response === undefined
      ? {}
      : {
          response: {
            status: response.status,
            headers: response.headers,
            ...textOf(response.body),
            size: response.body.size,
            cut: isCut(response.body),
          },
        }),
    ...(error === undefined ? {} : { error }),
    endMs: exchange.timings.endMs,
    ...(stream === undefined
      ? {}
      : {
          stream: {
            count: stream.count,
            bytes: stream.bytes,
            digest: stream.digest,
            end: stream.end,
            violations: stream.violations,
            events: stream.kept.map(({ fields, ...event }) => ({
              ...event,
              ...(event.data === undefined ? {} : { data: start(event.data, eventDataLimit) }),
              fields: fields.map(([name, value]) => [name, start(value, eventDataLimit)] as const),
            })),
          },
        }),
  };
}

function cutRequest(request: SentRequest): SentRequest {
  const { body } = request;
  if (body === undefined || !isCut(body)) return request;
  const { base64, ...rest } = body;
  return {
    ...request,
    body: { ...rest, ...(base64 === undefined ? {} : { base64: start(base64, bodyLimit) }), ...textOf(body), truncated: true },
  };
}

function textOf(body: Body): { readonly text?: string } {
  return body.text === undefined ? {} : { text: start(body.text, bodyLimit) };
}

function isCut(body: Body): boolean {
  return body.truncated === true || (body.text ?? body.base64 ?? '').length > bodyLimit;
}

/** A slice of a string keeps the whole alive; a body of megabytes must not stay for its first lines. */
function start(text: string, length: number): string {
  return text.length <= length ? text : Buffer.from(text.slice(0, length), 'utf16le').toString('utf16le');
}
