import type {
  Contract,
  Exchange,
  Json,
  Operation,
  Pack,
  SchemaJudge,
  StreamEvent,
  StreamGrammar,
  StreamSwitch,
  StreamViolation,
} from '../model/index.ts';
import { member } from '../schema/json.ts';
import { matcher } from './selection.ts';
import { type StreamContext, type StreamJudge, contextOf, judgeStream, payloadValidator as validatorOf } from '../stream/index.ts';

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

/** Whether a request asks for an event stream; `undefined` where the pack knows of no such switch, or the body is not known. */
export function isStreamAsked(
  pack: Pack | undefined,
  operation: Operation,
  request: { readonly body?: Json | undefined },
): boolean | undefined {
  const found = pack && switchOf(pack, operation);
  if (!found) return undefined;
  const { unless } = found;
  const { body } = request;
  if (body === undefined) return undefined;
  if (unless?.values.some((value) => String(value) === String(member(body, unless.member)))) return undefined;
  const given = member(body, found.member);
  // A form sends `true` as text, as the client's language writes it; what else a server may take for it is not known.
  if (typeof given === 'string' && typeof found.value === 'boolean') return truth.get(given.toLowerCase());
  return String(given) === String(found.value);
}

const truth: ReadonlyMap<string, boolean> = new Map([
  ['true', true],
  ['false', false],
]);

const switches = new WeakMap<Pack, Map<string, StreamSwitch | undefined>>();

/** Asked of every exchange: found once for each operation. */
function switchOf(pack: Pack, operation: Operation): StreamSwitch | undefined {
  const known = switches.get(pack) ?? new Map<string, StreamSwitch | undefined>();
  switches.set(pack, known);
  if (known.has(operation.id)) return known.get(operation.id);
  const found = pack.streamSwitches.find((one) => one.operations.some((glob) => matcher(glob)(operation.id)));
  known.set(operation.id, found);
  return found;
}

/** Starts judging a stream of an operation; `undefined` where no grammar knows it. */
export function startStream(
  judging: StreamJudging,
  operation: Operation,
  /** `undefined` where the request is not known: what depends on it is not judged. */
  request: { readonly body?: Json | undefined; readonly query: readonly (readonly [string, string])[] } | undefined,
  vintage?: string,
): LiveStream | undefined {
  const grammar = grammarFor(judging.pack, operation);
  if (!grammar) return undefined;
  const stream = judgeStream(grammar, {
    ...(request && { request: contextOf(grammar, operation.id, request.body, request.query) }),
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

/** Judges payloads by the schema that the contract has for their type. */
export function payloadValidator({ contract, judge }: StreamJudging, grammar: StreamGrammar): NonNullable<StreamContext['validate']> {
  const known = validators.get(judge) ?? new Map<StreamGrammar, NonNullable<StreamContext['validate']>>();
  validators.set(judge, known);
  const validator = known.get(grammar) ?? validatorOf(grammar, contract.document, judge);
  known.set(grammar, validator);
  return validator;
}

/** Finding the schemas of all events of a contract costs more than judging a short stream. */
const validators = new WeakMap<SchemaJudge, Map<StreamGrammar, NonNullable<StreamContext['validate']>>>();
