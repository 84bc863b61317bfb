import type { Exchange, ExchangeEvent, StreamEnd } from '../model/index.ts';
import { Durations, Tally } from './counts.ts';
import type { ResponseCoverage, SeenChoices, Spread, StreamTiming } from './report.ts';

interface Traffic {
  requests: number;
  readonly latency: Durations;
  readonly statuses: Tally;
  readonly mediaTypes: Tally;
  readonly unions: Map<string, Set<string>>;
  readonly enums: Map<string, Set<string>>;
  /** Branches or members declared, by pointer. */
  readonly declared: Map<string, number>;
  stream: StreamFigures | undefined;
}

interface StreamFigures {
  streams: number;
  events: number;
  streamedMs: number;
  readonly firstEvent: Durations;
  readonly gaps: Map<number, number>;
  readonly ends: Map<StreamEnd, number>;
  readonly sample: string | undefined;
}

/** What came back from every operation, and how fast. */
export class TrafficBook {
  readonly #operations = new Map<string, Traffic>();

  /** `keep` holds the first stream of an operation for the report. */
  add(event: ExchangeEvent, keep: (exchangeId: string) => boolean): void {
    const { exchange } = event;
    const traffic = this.#traffic(event.case.operationId);
    traffic.requests++;
    const { response, stream, timings } = exchange;
    if (response !== undefined) {
      traffic.statuses.add(String(response.status));
      traffic.mediaTypes.add(mediaTypeOf(exchange));
      if (stream === undefined) traffic.latency.add(timings.endMs);
    }
    for (const pointer of event.seen?.branches ?? []) {
      const union = pointer.lastIndexOf('/');
      addTo(traffic.unions, pointer.slice(0, union), pointer.slice(union + 1));
    }
    for (const [pointer, value] of event.seen?.enums ?? []) addTo(traffic.enums, pointer, JSON.stringify(value));
    for (const [pointer, count] of event.seen?.declared ?? []) traffic.declared.set(pointer, count);
    if (stream === undefined) return;
    const figures = (traffic.stream ??= figuresFor(keep(exchange.id) ? exchange.id : undefined));
    figures.streams++;
    figures.events += stream.count;
    figures.ends.set(stream.end, (figures.ends.get(stream.end) ?? 0) + 1);
    if (stream.firstEventMs !== undefined) figures.firstEvent.add(stream.firstEventMs);
    if (stream.firstEventMs !== undefined && stream.lastEventMs !== undefined)
      figures.streamedMs += stream.lastEventMs - stream.firstEventMs;
    for (const [upTo, count] of stream.gaps) figures.gaps.set(upTo, (figures.gaps.get(upTo) ?? 0) + count);
  }

  of(operationId: string): { readonly requests: number; readonly latency?: Spread; readonly seen: ResponseCoverage } {
    const traffic = this.#operations.get(operationId);
    if (traffic === undefined) return { requests: 0, seen: { statuses: [], mediaTypes: [], unions: [], enums: [] } };
    const latency = traffic.latency.spread();
    return {
      requests: traffic.requests,
      ...(latency === undefined ? {} : { latency }),
      seen: {
        statuses: traffic.statuses.entries(),
        mediaTypes: traffic.mediaTypes.entries(),
        unions: choicesOf(traffic.unions, traffic.declared),
        enums: choicesOf(traffic.enums, traffic.declared),
      },
    };
  }

  streams(): StreamTiming[] {
    return [...this.#operations].flatMap(([operationId, { stream }]) => (stream === undefined ? [] : [timingOf(operationId, stream)]));
  }

  #traffic(operationId: string): Traffic {
    const known = this.#operations.get(operationId);
    if (known !== undefined) return known;
    const traffic: Traffic = {
      requests: 0,
      latency: new Durations(),
      statuses: new Tally(),
      mediaTypes: new Tally(),
      unions: new Map(),
      enums: new Map(),
      declared: new Map(),
      stream: undefined,
    };
    this.#operations.set(operationId, traffic);
    return traffic;
  }
}

function figuresFor(sample: string | undefined): StreamFigures {
  return { streams: 0, events: 0, streamedMs: 0, firstEvent: new Durations(), gaps: new Map(), ends: new Map(), sample };
}

function timingOf(operationId: string, figures: StreamFigures): StreamTiming {
  const firstEventMs = figures.firstEvent.spread();
  return {
    operationId,
    streams: figures.streams,
    events: figures.events,
    ...(firstEventMs === undefined ? {} : { firstEventMs }),
    gaps: [...figures.gaps].toSorted(([left], [right]) => left - right),
    // Streams that came in one piece have no rate.
    ...(figures.streamedMs > 0 ? { eventsPerSecond: Math.round((figures.events / figures.streamedMs) * 10_000) / 10 } : {}),
    ends: [...figures.ends],
    ...(figures.sample === undefined ? {} : { sample: figures.sample }),
  };
}

function addTo(sets: Map<string, Set<string>>, pointer: string, one: string): void {
  const known = sets.get(pointer);
  if (known === undefined) sets.set(pointer, new Set([one]));
  else known.add(one);
}

function choicesOf(sets: ReadonlyMap<string, ReadonlySet<string>>, declared: ReadonlyMap<string, number>): SeenChoices[] {
  return [...sets].map(([pointer, seen]) => ({ pointer, seen: [...seen].toSorted(), of: declared.get(pointer) ?? seen.size }));
}

function mediaTypeOf(exchange: Exchange): string {
  const value = exchange.response?.headers.find(([name]) => name.toLowerCase() === 'content-type')?.[1];
  return value === undefined ? '(none)' : (value.split(';')[0] ?? '').trim().toLowerCase();
}
