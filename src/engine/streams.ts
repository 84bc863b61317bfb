import type { Contract, Exchange, Json, JsonObject, Operation, Pack, SchemaJudge, StreamEvent, StreamGrammar, StreamViolation } from '../model/index.ts';
import { pointerOf, valueAt } from '../schema/pointer.ts';
import { type PayloadError, type StreamJudge, contextOf, judgeStream } from '../stream/index.ts';

/** What the judges of a contract's streams share. */
export interface StreamJudging {
  readonly contract: Contract;
  readonly judge: SchemaJudge;
  readonly pack?: Pack;
}

/** Judges one stream while it arrives; `violations` holds what was found so far. */
export interface LiveStream {
  readonly violations: readonly StreamViolation[];
  /** True where the event broke a rule: the events around it are worth keeping. */
  push(event: StreamEvent): boolean;
  /** The record with all violations; ends the judgement. */
  finish(exchange: Exchange): Exchange;
}

/** The grammar that judges the streams of an operation, if the pack has one. */
export function grammarFor(pack: Pack | undefined, operation: Operation): StreamGrammar | undefined {
  return pack?.grammars.find((grammar) => grammar.operations.includes(operation.id));
}

/** Starts judging a stream of an operation; `undefined` where no grammar knows it. */
export function startStream(
  judging: StreamJudging,
  operation: Operation,
  request: { readonly body?: Json | undefined; readonly query: readonly (readonly [string, string])[] },
  vintage?: string,
): LiveStream | undefined {
  const grammar = grammarFor(judging.pack, operation);
  if (!grammar) return undefined;
  const stream = judgeStream(grammar, {
    request: contextOf(grammar, operation.id, request.body, request.query),
    validate: payloadValidator(judging, grammar),
    ...(vintage !== undefined && { vintage }),
  });
  return live(stream);
}

function live(stream: StreamJudge): LiveStream {
  const violations: StreamViolation[] = [];
  return {
    violations,
    push: (event) => {
      const found = stream.push(event);
      violations.push(...found);
      return found.length > 0;
    },
    finish: (exchange) => {
      if (!exchange.stream) return exchange;
      violations.push(...stream.end(exchange.stream.end));
      return { ...exchange, stream: { ...exchange.stream, violations } };
    },
  };
}

/** Judges payloads by the first schema component that the grammar names for their type and the contract has. */
export function payloadValidator({ contract, judge }: StreamJudging, grammar: StreamGrammar): (type: string, payload: JsonObject) => readonly PayloadError[] | undefined {
  const components = valueAt(contract.document, '/components/schemas');
  const refs = new Map<string, string | undefined>();
  const refOf = (type: string): string | undefined => {
    if (!refs.has(type)) {
      const name = grammar.schemas?.[type]?.find((one) => valueAt(components, pointerOf(one)) !== undefined);
      refs.set(type, name === undefined ? undefined : `/components/schemas${pointerOf(name)}`);
    }
    return refs.get(type);
  };
  return (type, payload) => {
    const ref = refOf(type);
    if (ref === undefined) return undefined;
    if (judge.accepts(ref, payload)) return [];
    return judge.explain(ref, payload).map((error) => ({
      pointer: error.instancePath + (error.member === undefined ? '' : pointerOf(error.member)),
      expected: error.expected,
      actual: error.actual,
    }));
  };
}
