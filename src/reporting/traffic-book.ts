import type { Exchange, ExchangeEvent, StreamEnd } from '../model/index.ts';
import { Durations, Tally } from './counts.ts';
import type { ResponseCoverage, Spread, StreamTiming } from './report.ts';

interface Traffic {
  requests: number;
  readonly latency: Durations;
  readonly statuses: Tally;
  readonly mediaTypes: Tally;
  readonly branches: Tally;
  readonly enums: Tally;
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
    for (const pointer of event.seen?.branches ?? []) traffic.branches.add(pointer);
    for (const [pointer, value] of event.seen?.enums ?? []) traffic.enums.add(`${pointer}\n${JSON.stringify(value)}`);
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
    if (traffic === undefined) return { requests: 0, seen: { statuses: [], mediaTypes: [], branches: [], enums: [] } };
    const latency = traffic.latency.spread();
    return {
      requests: traffic.requests,
      ...(latency === undefined ? {} : { latency }),
      seen: {
        statuses: traffic.statuses.entries(),
        mediaTypes: traffic.mediaTypes.entries(),
        branches: traffic.branches.entries(),
        enums: traffic.enums.entries().map(([key, count]) => [key.split('\n')[0] ?? '', key.slice(key.indexOf('\n') + 1), count] as const),
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
      branches: new Tally(500),
      enums: new Tally(500),
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

function mediaTypeOf(exchange: Exchange): string {
  const value = exchange.response?.headers.find(([name]) => name.toLowerCase() === 'content-type')?.[1];
  return value === undefined ? '(none)' : (value.split(';')[0] ?? '').trim().toLowerCase();
}
