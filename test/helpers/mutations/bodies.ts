import { type RecordedInput, type RecordedJudging, routeOf } from '../../../src/engine/index.ts';
import type { Json, Operation, Pointer, SchemaRef, StreamEvent, StreamGrammar } from '../../../src/model/index.ts';
import { responseView } from '../../../src/wire/index.ts';
import type { SecondValidator } from './second-validator.ts';
import { reported } from './told.ts';
import { type Broken, brokenValues } from './values.ts';

/** One broken answer, or one broken event of a stream: whether the contract forbids it, and whether `check` reports it. */
export interface BodyMutation {
  readonly operationId: string;
  readonly kind: Broken['kind'];
  /** Type of the event, where it is one. */
  readonly event?: string;
  readonly at: Pointer;
  /** A second validator refuses the value: no erratum frees it. */
  readonly visible: boolean;
  readonly reported: readonly string[];
}

export interface BodyOptions {
  readonly second: SecondValidator;
  /** Entries of each list that are broken. */
  readonly entriesOfPlace: number;
}

/** Breaks a recorded JSON answer in one place after the other; nothing where it is not judged, or the second validator refuses it. */
export async function* mutateBody(recorded: RecordedInput, judging: RecordedJudging, options: BodyOptions): AsyncGenerator<BodyMutation> {
  const { exchange } = recorded;
  const { response, stream } = exchange;
  const route = routeOf(exchange, judging);
  if (response === undefined || stream !== undefined || route.kind !== 'operation') return;
  const { json } = responseView(exchange, route.operation) ?? {};
  const schema = schemaOfAnswer(response.status, route.operation);
  const before = reported(recorded, judging);
  if (json === undefined || schema === undefined || before === undefined || !(await options.second(schema, json))) return;
  for (const { kind, at, value } of brokenValues(json, options.entriesOfPlace)) {
    const text = JSON.stringify(value);
    const body = { size: Buffer.byteLength(text), text };
    const after = reported({ ...recorded, exchange: { ...exchange, response: { ...response, body } } }, judging);
    yield {
      operationId: route.operation.id,
      kind,
      at,
      visible: !(await options.second(schema, value)),
      reported: [...(after ?? [])].filter((line) => !before.has(line)),
    };
  }
}

/** What the operation declares of JSON answers with the status; an API has one shape of errors. */
function schemaOfAnswer(status: number, { responses }: Operation): SchemaRef | undefined {
  const isError = status >= 400;
  const declared = responses.filter((one) => one.status === String(status) || (isError && /^[45]|^default$/.test(one.status)));
  return declared.flatMap(({ content }) => content).find(({ mediaType }) => mediaType.includes('json'))?.schema;
}

/** Breaks an event of each type and shape of a recorded stream in one place after the other; nothing where the stream is not accepted. */
export async function* mutateEvents(recorded: RecordedInput, judging: RecordedJudging, options: BodyOptions): AsyncGenerator<BodyMutation> {
  const { exchange } = recorded;
  const { stream } = exchange;
  const route = routeOf(exchange, judging);
  if (stream === undefined || stream.kept.length !== stream.count || route.kind !== 'operation') return;
  const grammar = judging.pack?.grammars.find((one) => one.operations.includes(route.operation.id));
  const before = reported(recorded, judging);
  // A rule that is broken already is told once.
  if (grammar === undefined || before === undefined || before.size > 0) return;
  const seen = new Set<string>();
  for (const [index, event] of stream.kept.entries()) {
    const payload = payloadOf(event);
    if (payload === undefined) continue;
    const type = typeOf(grammar, event, payload);
    const shape = `${type} ${shapeOf(payload)}`;
    const schema = schemaOf(grammar, judging);
    const wrapped = (value: Json): Json =>
      grammar.union?.payload === undefined ? value : { [grammar.union.tag]: type, [grammar.union.payload]: value };
    if (seen.has(shape) || schema === undefined || !(await options.second(schema, wrapped(payload)))) continue;
    seen.add(shape);
    for (const { kind, at, value } of brokenValues(payload, options.entriesOfPlace)) {
      const kept = stream.kept.with(index, { ...event, data: JSON.stringify(value) });
      const after = reported({ ...recorded, exchange: { ...exchange, stream: { ...stream, kept } } }, judging);
      yield {
        operationId: route.operation.id,
        kind,
        event: type,
        at,
        visible: !(await options.second(schema, wrapped(value))),
        reported: [...(after ?? [])],
      };
    }
  }
}

function payloadOf({ data = '' }: StreamEvent): Json | undefined {
  try {
    const value = JSON.parse(data) as Json;
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** The names in a payload: events of one type that hold the same members are broken once. */
function shapeOf(value: Json): string {
  if (Array.isArray(value)) return `[${value.length === 0 ? '' : shapeOf(value[0] as Json)}]`;
  if (typeof value !== 'object' || value === null) return typeof value;
  return `{${Object.entries(value)
    .map(([name, inner]) => `${name}:${shapeOf(inner)}`)
    .join()}}`;
}

function typeOf({ framing: { type } }: StreamGrammar, { event }: StreamEvent, payload: Json): string {
  if (type.from === 'constant') return type.type;
  return type.from === 'event-line' ? (event ?? '') : String((payload as Readonly<Record<string, Json>>)[type.path]);
}

/** The component that describes the events: of the only type, or the union of all. */
function schemaOf({ union, schemas }: StreamGrammar, { contract }: RecordedJudging): SchemaRef | undefined {
  const names = [...Object.values(schemas ?? {}).flat(), ...(union === undefined ? [] : [union.component])];
  const components = (contract.document['components'] as { readonly schemas?: object } | undefined)?.schemas ?? {};
  const name = names.find((one) => Object.hasOwn(components, one));
  return name === undefined ? undefined : `/components/schemas/${name}`;
}
