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
import { schemaAt, tokensOf } from '../schema/index.ts';
import {
  bodyOf,
  isJsonMediaType,
  matchMediaType,
  parseJson,
  parseMediaType,
  parseMultipart,
  parsePairs,
  textOfBody,
} from '../wire/index.ts';
import { cookiesOf } from './credentials.ts';
import type { Incoming } from './handle.ts';
import { readParameter, readPairs } from './read-parameters.ts';

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
  readonly incoming: Incoming;
  /** What a fault lets pass. */
  readonly lenient: ReadonlySet<Fault['lenient']>;
}

/** The request as a behaviour sees it: parameters and body parsed and valid, defaults of the query filled in; throws {@link RequestProblem}. */
export function readRequest(context: ReadContext): ReferenceRequest {
  const { operation, incoming } = context;
  const query = parsePairs(incoming.target.split('?').slice(1).join('?'));
  const cookies = [...cookiesOf(incoming.headers.get('cookie'))];
  const values = new Map<string, Json>();
  for (const parameter of operation.parameters) {
    const value = readParameter(context, parameter, { path: context.pathParameters, query, headers: incoming.headers, cookies });
    checkParameter(context, parameter, value);
    const filled = value ?? (parameter.in === 'query' ? defaultOf(context, parameter) : undefined);
    if (filled !== undefined && parameter.in === 'query') values.set(parameter.name, filled);
  }
  const { body, files, mediaType } = readBody(context);
  return {
    operation,
    method: operation.method,
    pathParameters: context.pathParameters,
    query: Object.fromEntries(values),
    headers: incoming.headers,
    ...(mediaType !== undefined && { mediaType }),
    ...(body !== undefined && { body }),
    files,
  };
}

function checkParameter(context: ReadContext, parameter: Parameter, value: Json | undefined): void {
  if (context.lenient.has('validation')) return;
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
  const param = parameter.name + dotted(error?.instancePath ?? '', true);
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
    if (!declared.required || lenient.has('validation')) return { files: noFiles };
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
  const read = parse(context, taken, essence, contentType);
  if (taken.schema !== undefined && read.body !== undefined && !lenient.has('validation')) checkBody(context, taken.schema, read.body);
  return { ...read, mediaType: essence };
}

function parse(context: ReadContext, media: MediaType, essence: string, contentType: string): ReadBody {
  const bytes = context.incoming.body;
  if (essence === 'multipart/form-data') return parseParts(context, media, contentType);
  const text = textOfBody(bodyOf(bytes), contentType);
  if (isJsonMediaType(essence)) {
    const parsed = 'text' in text ? parseJson(text.text) : text;
    if ('value' in parsed) return { body: parsed.value, files: noFiles };
    throw new RequestProblem(400, {
      message: `We could not parse the JSON body of your request: ${parsed.problem}.`,
      code: 'invalid_json',
    });
  }
  if ('problem' in text) return { files: noFiles, body: Buffer.from(bytes).toString('latin1') };
  if (essence === 'application/x-www-form-urlencoded') return { files: noFiles, body: readPairs(context, media, parsePairs(text.text)) };
  return { files: noFiles, body: text.text };
}

function parseParts(context: ReadContext, media: MediaType, contentType: string): ReadBody {
  const parsed = parseMultipart(contentType, context.incoming.body);
  if ('problem' in parsed)
    throw new RequestProblem(400, { message: `The multipart body is broken: ${parsed.problem}.`, code: 'invalid_multipart' });
  const uploads = parsed.parts.filter((part) => part.filename !== undefined);
  const files = new Map<string, ReferenceFile[]>();
  for (const part of uploads) {
    const name = part.name.replace(/\[\]$/, '');
    const file = { filename: part.filename ?? '', contentType: part.contentType ?? 'application/octet-stream', bytes: part.bytes };
    files.set(name, [...(files.get(name) ?? []), file]);
  }
  const pairs = parsed.parts.map((part): [string, string] => [
    part.name,
    Buffer.from(part.bytes).toString(part.filename === undefined ? 'utf8' : 'latin1'),
  ]);
  return { body: readPairs(context, media, pairs), files };
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

/** A pointer as a member path: `/messages/0/content` is `messages[0].content`. */
function dotted(pointer: string, inside = false): string {
  return tokensOf(pointer)
    .map((token, index) => (/^\d+$/.test(token) ? `[${token}]` : `${index === 0 && !inside ? '' : '.'}${token}`))
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
