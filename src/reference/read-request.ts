import type {
  Contract,
  Fault,
  Json,
  JsonObject,
  MediaType,
  Operation,
  Parameter,
  ReferenceFile,
  ReferenceProblem,
  ReferenceRequest,
  SchemaJudge,
} from '../model/index.ts';
import { pointerOf, schemaAt, tokensOf } from '../schema/index.ts';
import { isJsonMediaType, matchMediaType, parseBody, parseMediaType, parseParameters } from '../wire/index.ts';
import type { Incoming } from './handle.ts';

/** A request that the contract refuses, with the status that the refusal takes. */
export class RequestProblem extends Error {
  readonly status: number;
  readonly problem: ReferenceProblem;
  constructor(status: number, problem: ReferenceProblem) {
    super(problem.message);
    this.status = status;
    this.problem = problem;
  }
}

export interface ReadContext {
  readonly contract: Contract;
  readonly judge: SchemaJudge;
  readonly operation: Operation;
  readonly pathParameters: Readonly<Record<string, string>>;
  /** Path and query without the base path. */
  readonly target: string;
  readonly incoming: Incoming;
  /** What a fault lets pass. */
  readonly lenient: ReadonlySet<Fault['lenient']>;
}

/** The request as a behaviour sees it: parameters and body parsed and valid, defaults of the query filled in; throws {@link RequestProblem}. */
export function readRequest(context: ReadContext): ReferenceRequest {
  const { operation, incoming } = context;
  const query = queryOf(context);
  const { body, files, mediaType } = readBody(context);
  return {
    operation,
    method: operation.method,
    pathParameters: context.pathParameters,
    query,
    headers: incoming.headers,
    ...(mediaType !== undefined && { mediaType }),
    ...(body !== undefined && { body }),
    files,
  };
}

function queryOf(context: ReadContext): Readonly<Record<string, Json>> {
  const { contract, judge, operation, incoming, target } = context;
  const request = { pathAndQuery: target, headers: [...incoming.headers] };
  const options = { document: contract.document, judge };
  const strict = parseParameters(operation, request, { ...options, reader: 'strict' });
  // Official clients write arrays and objects with brackets, whatever style a document declares.
  const lenient = /[?&][^=&]*(\[|%5B)/i.test(target) ? parseParameters(operation, request, { ...options, reader: 'lenient' }) : strict;
  const query: [string, Json][] = [];
  for (const parameter of operation.parameters) {
    const values = (reading: typeof strict): Readonly<Record<string, Json>> => reading[parameter.in] ?? {};
    const { name } = parameter;
    const value = Object.hasOwn(values(strict), name)
      ? values(strict)[name]
      : Object.hasOwn(values(lenient), name)
        ? values(lenient)[name]
        : undefined;
    checkParameter(context, parameter, value);
    const filled = value ?? defaultOf(context, parameter);
    if (filled !== undefined && parameter.in === 'query') query.push([name, filled]);
  }
  return Object.fromEntries(query);
}

function checkParameter(context: ReadContext, parameter: Parameter, value: Json | undefined): void {
  if (context.lenient.has('query') && parameter.in === 'query') return;
  if (value === undefined) {
    if (!parameter.required) return;
    throw new RequestProblem(400, {
      message: `Missing required parameter: '${parameter.name}'.`,
      param: parameter.name,
      code: 'missing_required_parameter',
    });
  }
  if (context.judge.accepts(parameter.schema, value)) return;
  const error = context.judge.explain(parameter.schema, value)[0];
  const param = dotted(pointerOf(parameter.name) + (error?.instancePath ?? ''));
  throw new RequestProblem(400, {
    message: `Invalid '${param}': expected ${error?.expected}, got ${error?.actual}.`,
    param,
    code: codeOf(error?.keyword),
  });
}

function defaultOf({ contract }: ReadContext, parameter: Parameter): Json | undefined {
  const schema = schemaAt(contract.document, parameter.schema);
  return typeof schema === 'object' && schema !== null && !Array.isArray(schema) ? (schema as JsonObject)['default'] : undefined;
}

interface ReadBody {
  readonly body?: Json;
  readonly files: ReadonlyMap<string, readonly ReferenceFile[]>;
  readonly mediaType?: string;
}

const noFiles: ReadonlyMap<string, readonly ReferenceFile[]> = new Map();

function readBody(context: ReadContext): ReadBody {
  const { operation, incoming, lenient } = context;
  const declared = operation.requestBody;
  if (declared === undefined) return { files: noFiles };
  const contentType = incoming.headers.get('content-type');
  if (incoming.body.byteLength === 0 && (contentType === undefined || !declared.required)) {
    if (!declared.required || lenient.has('body')) return { files: noFiles };
    throw new RequestProblem(400, { message: 'The request needs a body.', code: 'missing_body' });
  }
  const coding = incoming.headers.get('content-encoding');
  if (coding !== undefined && coding.toLowerCase() !== 'identity')
    throw new RequestProblem(415, { message: `Unsupported content coding '${coding}'.` });
  const media = contentType === undefined ? undefined : matchMediaType(declared.content, contentType);
  const fallback = lenient.has('media-type') ? declared.content[0] : undefined;
  const taken = media ?? fallback;
  if (taken === undefined || contentType === undefined) {
    const allowed = declared.content.map(({ mediaType }) => mediaType).join(', ');
    throw new RequestProblem(415, {
      message: `Unsupported content type '${contentType ?? ''}'; expected ${allowed}.`,
      code: 'unsupported_content_type',
    });
  }
  const essence = parseMediaType(media === undefined ? taken.mediaType : contentType)?.essence ?? '';
  const read = parse(context, taken, essence, media === undefined ? taken.mediaType : contentType);
  if (taken.schema !== undefined && read.body !== undefined && !lenient.has('body')) checkBody(context, taken.schema, read.body);
  return { ...read, mediaType: essence };
}

function parse(context: ReadContext, media: MediaType, essence: string, contentType: string): ReadBody {
  const { contract, judge, incoming } = context;
  const read = parseBody(media, contentType, incoming.body, { reader: 'strict', document: contract.document, judge });
  if ('problem' in read) {
    const kind = isJsonMediaType(essence) ? 'JSON ' : '';
    throw new RequestProblem(400, {
      message: `We could not parse the ${kind}body of your request: ${read.problem}.`,
      code: 'invalid_body',
    });
  }
  const files = new Map<string, ReferenceFile[]>();
  for (const { name, filename, contentType: type, bytes } of read.files) {
    const member = name.replace(/\[\]$/, '');
    const file = { filename: filename ?? '', contentType: type ?? 'application/octet-stream', bytes };
    files.set(member, [...(files.get(member) ?? []), file]);
  }
  return { body: read.value, files };
}

function checkBody({ judge }: ReadContext, schema: string, body: Json): void {
  if (judge.accepts(schema, body)) return;
  const error = judge.explain(schema, body)[0];
  const missing = error?.keyword === 'required' ? /'([^']+)'|"([^"]+)"/.exec(error.expected) : undefined;
  const place = error?.instancePath ?? '';
  const param = dotted(missing ? `${place}/${missing[1] ?? missing[2] ?? ''}` : place);
  const message = `Invalid ${param === '' ? 'body' : `'${param}'`}: expected ${error?.expected}, got ${error?.actual}.`;
  throw new RequestProblem(400, { message, ...(param !== '' && { param }), code: codeOf(error?.keyword) });
}

/** A pointer as a member path: `/messages/0/content` is `messages[0].content`. A name that ends in `[]` speaks for its entries. */
function dotted(pointer: string): string {
  const tokens = tokensOf(pointer);
  const list = tokens.findIndex((token) => token.endsWith('[]'));
  return (list === -1 ? tokens : tokens.slice(0, list + 1))
    .map((token, index) => (/^\d+$/.test(token) ? `[${token}]` : `${index === 0 ? '' : '.'}${token}`))
    .join('');
}

const codes: Readonly<Record<string, string>> = {
  type: 'invalid_type',
  required: 'missing_required_parameter',
  minimum: 'number_below_min_value',
  maximum: 'number_above_max_value',
  additionalProperties: 'unknown_parameter',
};

function codeOf(keyword: string | undefined): string {
  return codes[keyword ?? ''] ?? 'invalid_value';
}
