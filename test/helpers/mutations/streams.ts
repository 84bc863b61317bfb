import type { RecordedInput, RecordedJudging } from '../../../src/engine/index.ts';
import { readingFor, routeOf } from '../../../src/engine/index.ts';
import type { Excuse, Json, JsonObject, Operation, Pack, StreamEvent, StreamGrammar } from '../../../src/model/index.ts';
import { valueAt, withoutValueAt } from '../../../src/schema/pointer.ts';
import { contextOf, holdsOneOf } from '../../../src/stream/index.ts';
import { requestView } from '../../../src/wire/index.ts';
import { type OrderChange, orderTester, reordered } from '../stream-tester/order.ts';
import type { Sent, Trace } from '../stream-tester/trace.ts';
import { withoutRules } from '../stream-tester/without-rules.ts';
import { reported } from './told.ts';

/** One change of a recorded stream: whether its grammar lets it be seen, and whether `check` reports it. */
export interface StreamMutation {
  readonly operationId: string;
  readonly change: OrderChange;
  /** The type of the changed event. */
  readonly event: string;
  /** Why the tester calls it visible; absent where the grammar says that the result is another legal stream. */
  readonly visible?: string;
  readonly reported: readonly string[];
}

/** Moves to places farther away than the next, for each event. */
export interface MutationOptions {
  readonly farMoves: number;
  /** Gives numbers from 0 up to 1. */
  readonly random: () => number;
}

/** Drops, repeats and moves every event of a recorded stream, and judges what comes of it; nothing where the stream is not judged, or not accepted as it came. */
export function* mutateStream(recorded: RecordedInput, judging: RecordedJudging, options: MutationOptions): Generator<StreamMutation> {
  const { exchange } = recorded;
  const { stream } = exchange;
  const route = routeOf(exchange, judging);
  if (stream === undefined || stream.kept.length !== stream.count || route.kind !== 'operation') return;
  const grammar = judging.pack && grammarFor(judging.pack, route.operation);
  const judged = (events: readonly StreamEvent[]): ReadonlySet<string> | undefined => {
    const kept = events.map((event, index) => ({ ...event, index }));
    return reported({ ...recorded, exchange: { ...exchange, stream: { ...stream, kept, count: kept.length } } }, judging);
  };
  const before = judged(stream.kept);
  // Of a stream that is refused as it came, the grammar says nothing.
  if (grammar === undefined || before === undefined || before.size > 0) return;
  const trace = traceOf(recorded, grammar, route.operation);
  const whyVisible = orderTester(withoutRules(grammar, new Set(excusesOf(recorded, route.operation, judging))), trace);
  for (const change of changesOf(stream.kept, options)) {
    const visible = whyVisible(change);
    const after = judged(reordered(stream.kept, change));
    yield {
      operationId: route.operation.id,
      change,
      event: nameOf(grammar, trace.events[change.at] as Sent),
      ...(visible !== undefined && { visible }),
      reported: [...(after ?? [])],
    };
  }
}

/** The stream and its context, as the judge of recordings makes them. */
function traceOf({ exchange, missing }: RecordedInput, grammar: StreamGrammar, operation: Operation): Trace {
  const { body, query } = requestView(exchange, operation);
  const isKnown = missing.every(({ part }) => part !== 'request-body') && (body !== undefined || operation.requestBody === undefined);
  return {
    name: exchange.id,
    stream: grammar.id,
    ...(isKnown && { request: contextOf(grammar, operation.id, body, query) }),
    events: (exchange.stream?.kept ?? []).map(sentOf),
  };
}

function sentOf({ event, data = '' }: Partial<StreamEvent> = {}): Sent {
  const line = event === undefined ? {} : { event };
  try {
    return { ...line, data: JSON.parse(data) as Json };
  } catch {
    return { ...line, data };
  }
}

/** Rules that the reading turns into notes wherever this exchange breaks them; an excuse for one place frees no rule. */
function excusesOf(recorded: RecordedInput, operation: Operation, judging: RecordedJudging): readonly string[] {
  const reading = (judging.pack?.readings ?? []).find(({ name }) => name === readingFor(recorded, judging));
  const { body } = requestView(recorded.exchange, operation);
  const answer = sentOf(recorded.exchange.stream?.kept[0]).data;
  const seconds = (reading?.times ?? []).map((at) => valueAt(answer, at)).find((found) => typeof found === 'number');
  const inForce = ({ operations, at, event, asked, since = '1970', until = '9999' }: Excuse): boolean => {
    if (at !== undefined || operations?.includes(operation.id) === false) return false;
    if (event !== undefined && recorded.exchange.stream?.kept.some((one) => holdsOneOf(one, event)) === false) return false;
    if (seconds !== undefined && (seconds * 1000 < Date.parse(since) || seconds * 1000 >= Date.parse(until))) return false;
    const found = asked === undefined || body === undefined ? undefined : valueAt(body, asked.at);
    return (
      asked === undefined || body === undefined || found === asked.includes || (Array.isArray(found) && found.includes(asked.includes))
    );
  };
  return (reading?.excuses ?? []).filter(inForce).map(({ rule }) => rule);
}

/** The recording as an edition would have sent it whose events carry no numbers; nothing where its events carry none from 0. */
export function withoutNumbers(recorded: RecordedInput, judging: RecordedJudging): RecordedInput | undefined {
  const { exchange } = recorded;
  const { stream } = exchange;
  const route = routeOf(exchange, judging);
  const path = route.kind === 'operation' ? judging.pack && grammarFor(judging.pack, route.operation)?.sequence?.path : undefined;
  const bare = (event: StreamEvent): StreamEvent => {
    const { data } = sentOf(event);
    return typeof data === 'object' && path !== undefined ? { ...event, data: JSON.stringify(withoutValueAt(data, `/${path}`)) } : event;
  };
  const kept = stream?.kept.map(bare) ?? [];
  const numbers = stream?.kept.map((event) => (path === undefined ? undefined : valueAt(sentOf(event).data, `/${path}`))) ?? [];
  // One that is resumed in its middle has no beginning that could be known without its number.
  const isWhole = numbers[0] === 0;
  return stream !== undefined && isWhole ? { ...recorded, exchange: { ...exchange, stream: { ...stream, kept } } } : undefined;
}

/** Every event dropped, repeated, changed with the next one, and moved elsewhere; changes that change nothing are left out. */
function* changesOf(events: readonly StreamEvent[], { farMoves, random }: MutationOptions): Generator<OrderChange> {
  const texts = events.map(({ event, data }) => `${event ?? ''} ${data ?? ''}`);
  const before = texts.join('\n');
  for (const at of events.keys()) {
    const far = Array.from({ length: farMoves }, () => Math.floor(random() * events.length));
    const places = new Set([...(at + 1 < events.length ? [at + 1] : []), ...far.filter((to) => to !== at)]);
    yield { kind: 'drop', at };
    yield { kind: 'repeat', at };
    for (const to of places) {
      const change: OrderChange = { kind: 'move', at, to };
      if (reordered(texts, change).join('\n') !== before) yield change;
    }
  }
}

function grammarFor({ grammars }: Pack, operation: Operation): StreamGrammar | undefined {
  return grammars.find((one) => one.operations.includes(operation.id));
}

function nameOf({ framing: { type } }: StreamGrammar, { event = '', data }: Sent): string {
  if (typeof data !== 'object') return 'sentinel';
  if (type.from === 'event-line') return event;
  return type.from === 'constant' ? type.type : String((data as JsonObject)[type.path] ?? '');
}
