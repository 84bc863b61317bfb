import type { Body, Exchange, SentRequest } from '../model/index.ts';
import type { Evidence } from './report.ts';

/** A body is shown to a person: what is longer stays in the journal. */
const bodyLimit = 16_000;
/** More than can be under way at once, so that an outcome finds its exchange. */
const recentLimit = 256;
/** One exchange for each finding is kept; a run with more causes than this shows the rest without. */
const keptLimit = 500;
const eventDataLimit = 1_000;
/** Timelines are long; past this many, a stream is shown by its violations alone. */
const streamLimit = 100;

/** Holds the last exchanges for a while, and those that a finding shows for good. */
export class EvidenceBook {
  readonly #recent = new Map<string, Evidence>();
  readonly #kept = new Map<string, Evidence>();
  #streams = 0;

  add(exchange: Exchange): void {
    this.#recent.delete(exchange.id);
    this.#recent.set(exchange.id, evidenceOf(exchange));
    if (this.#recent.size <= recentLimit) return;
    const [oldest] = this.#recent.keys();
    if (oldest !== undefined) this.#recent.delete(oldest);
  }

  /** Keeps the exchange for the report; false where it is gone or the report is full. */
  keep(exchangeId: string): boolean {
    const evidence = this.#recent.get(exchangeId);
    if (this.#kept.has(exchangeId)) return true;
    if (evidence === undefined || this.#kept.size >= keptLimit) return false;
    this.#kept.set(
      exchangeId,
      evidence.stream === undefined || this.#streams++ < streamLimit
        ? evidence
        : { ...evidence, stream: { ...evidence.stream, events: [] } },
    );
    return true;
  }

  all(): Evidence[] {
    return [...this.#kept.values()];
  }
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
              ...(event.data === undefined ? {} : { data: event.data.slice(0, eventDataLimit) }),
              fields: fields.map(([name, value]) => [name, value.slice(0, eventDataLimit)] as const),
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
    body: { ...rest, ...(base64 === undefined ? {} : { base64: base64.slice(0, bodyLimit) }), ...textOf(body), truncated: true },
  };
}

function textOf(body: Body): { readonly text?: string } {
  return body.text === undefined ? {} : { text: body.text.slice(0, bodyLimit) };
}

function isCut(body: Body): boolean {
  return body.truncated === true || (body.text ?? body.base64 ?? '').length > bodyLimit;
}
