import { matchMediaType, matchOperation, type Route } from '../wire/index.ts';
import type {
  Behaviour,
  Contract,
  Fault,
  Method,
  Operation,
  ReferenceBehaviours,
  ReferenceProblem,
  ReferenceReply,
  ReferenceRequest,
  SchemaJudge,
} from '../model/index.ts';
import { cookiesOf, isAuthorised } from './credentials.ts';
import { bodyBytesOf } from './write-reply.ts';
import { declaredFor, isJson, type ReplyMaker } from './made-reply.ts';
import { readRequest, RequestProblem } from './read-request.ts';

/** A request as it came over the wire. */
export interface Incoming {
  readonly method: string;
  /** Path and query as in the request line. */
  readonly target: string;
  /** Names in lower case, repeated fields joined. */
  readonly headers: ReadonlyMap<string, string>;
  readonly body: Uint8Array;
}

/** What the server decided to answer, and how far it understood the request. */
export interface Handled {
  readonly reply: ReferenceReply;
  readonly operation?: Operation;
  readonly seen?: ReferenceRequest;
}

export interface HandlerOptions {
  readonly contract: Contract;
  readonly judge: SchemaJudge;
  readonly maker: ReplyMaker;
  readonly behaviours?: ReferenceBehaviours;
  readonly faults: readonly Fault[];
  readonly apiKey: string;
  readonly basePaths: readonly string[];
  /** Turns a success that breaks the contract into a 500 that says how. */
  readonly selfCheck: boolean;
  readonly log: (line: string) => void;
}

/** Answers requests against the contract: route, credentials, media type, syntax, validation, behaviour; throws nothing. */
export function createHandler(options: HandlerOptions): (incoming: Incoming) => Handled {
  const { contract, judge, maker, behaviours, apiKey } = options;

  return (incoming) => {
    const route = routeOf(options, incoming);
    if ('refused' in route) return route.refused;
    const { operation } = route;
    const lenient = new Set(faultsFor(options.faults, operation).map((fault) => fault.lenient));
    try {
      if (!lenient.has('credentials') && !isAuthorised(contract, operation, placesOf(incoming), apiKey)) {
        return { operation, reply: refuse(options, 401, unauthorised(incoming), operation) };
      }
      const read = readRequest({
        contract,
        judge,
        operation,
        pathParameters: route.pathParameters,
        target: incoming.target.slice(route.prefix.length),
        incoming,
        lenient,
      });
      const seen = changed(read, faultsFor(options.faults, operation));
      const reply = answer(operation, seen, incoming.headers.get('accept'));
      return { operation, seen, reply: options.selfCheck ? checked(options, operation, reply) : reply };
    } catch (error) {
      if (error instanceof RequestProblem) return { operation, reply: refuse(options, error.status, error.problem, operation) };
      options.log(`${operation.id}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
      return { operation, reply: refuse(options, 500, { message: 'The server had an error while processing the request.' }, operation) };
    }
  };

  function answer(operation: Operation, seen: ReferenceRequest, accept: string | undefined): ReferenceReply {
    const behaviour: Behaviour | undefined = behaviours?.operations.get(operation.id);
    return behaviour ? behaviour(seen) : maker.success(operation, accept);
  }
}

/** The refusal in the API's envelope, or in the shape that the operation declares for that status. */
export function refuse(options: HandlerOptions, status: number, problem: ReferenceProblem, operation?: Operation): ReferenceReply {
  if (options.behaviours) return options.behaviours.error(status, problem);
  const type = status >= 500 ? 'server_error' : 'invalid_request';
  const error = { message: problem.message, type, param: problem.param ?? null, code: problem.code ?? null };
  return options.maker.failure(operation, status, { error });
}

/** The faults that act on an operation. */
export function faultsFor(faults: readonly Fault[], operation: Operation | undefined): readonly Fault[] {
  return faults.filter(({ operations }) => operations === undefined || (operation && operations.some((glob) => fits(glob, operation.id))));
}

function fits(glob: string, id: string): boolean {
  if (!glob.includes('*')) return glob === id;
  const pattern = glob.split('*').map((literal) => literal.replaceAll(/[.*+?^${}()|[\]\\/]/g, String.raw`\$&`));
  return new RegExp(`^${pattern.join('.*')}$`).test(id);
}

type Routed = Extract<Route, { readonly kind: 'operation' }>;

function routeOf(options: HandlerOptions, incoming: Incoming): Routed | { readonly refused: Handled } {
  const { operations } = options.contract;
  const method = incoming.method === 'HEAD' ? 'GET' : incoming.method;
  let methods: readonly Method[] | undefined;
  for (const basePath of options.basePaths) {
    for (const wanted of [incoming.method, method]) {
      const route = matchOperation(operations, wanted, incoming.target, basePath);
      if (route.kind === 'operation') return route;
      if (route.kind === 'method') methods ??= route.methods;
    }
  }
  const path = incoming.target.split('?')[0] ?? '';
  if (methods === undefined) {
    const message = `Invalid URL (${incoming.method} ${path})`;
    return { refused: { reply: refuse(options, 404, { message, code: 'unknown_url' }) } };
  }
  const allow = ['allow', [...methods, ...(methods.includes('GET') ? ['HEAD'] : []), 'OPTIONS'].join(', ')] as const;
  if (incoming.method === 'OPTIONS') return { refused: { reply: { status: 204, headers: [allow] } } };
  const reply = refuse(options, 405, { message: `Not allowed to ${incoming.method} on ${path}.`, code: 'method_not_supported' });
  return { refused: { reply: { ...reply, headers: [...(reply.headers ?? []), allow] } } };
}

function placesOf(incoming: Incoming) {
  const query = new URLSearchParams(incoming.target.split('?').slice(1).join('?'));
  return { headers: incoming.headers, query, cookies: cookiesOf(incoming.headers.get('cookie')) };
}

function unauthorised(incoming: Incoming): ReferenceProblem {
  if (incoming.headers.has('authorization')) return { message: 'Incorrect API key provided.', code: 'invalid_api_key' };
  return { message: 'No credentials were provided.', code: 'invalid_api_key' };
}

function changed(seen: ReferenceRequest, faults: readonly Fault[]): ReferenceRequest {
  return faults.reduce((request, fault) => fault.request?.(request) ?? request, seen);
}

function checked(options: HandlerOptions, operation: Operation, reply: ReferenceReply): ReferenceReply {
  const problem = problemOf(options.judge, operation, reply);
  if (problem === undefined) return reply;
  options.log(`${operation.id}: ${problem}`);
  return refuse(options, 500, { message: `The reply breaks the contract: ${problem}`, code: 'self_check' }, operation);
}

/** What the contract has against a success, in one sentence; `undefined` where it is fine. Streams are not looked into. */
function problemOf(judge: SchemaJudge, operation: Operation, reply: ReferenceReply): string | undefined {
  if (reply.status >= 400) return undefined;
  const declared = declaredFor(operation, reply.status);
  if (declared === undefined) return `the status ${reply.status} is not declared`;
  const mediaType = reply.events === undefined ? bodyBytesOf(reply)?.mediaType : (reply.mediaType ?? 'text/event-stream');
  if (mediaType === undefined || declared.content.length === 0) return undefined;
  const media = matchMediaType(declared.content, mediaType);
  if (media === undefined) return `the media type ${mediaType} is not declared for ${reply.status}`;
  if (media.schema === undefined || reply.json === undefined || !isJson(mediaType)) return undefined;
  if (judge.accepts(media.schema, reply.json)) return undefined;
  const [error] = judge.explain(media.schema, reply.json);
  return `${error?.instancePath || '(root)'}: expected ${error?.expected}, got ${error?.actual} (${error?.schemaPath})`;
}
