import type { Json, NameValue, Operation, ParameterPlace } from '../model/index.ts';
import { parsePairs } from './forms.ts';
import { matchMediaType } from './media-type.ts';
import { decodeComponent } from './percent.ts';
import { parseBody } from './read-body.ts';
import type { ReadOptions } from './read-value.ts';
import { readPairs, readText } from './read-value.ts';
import type { WireRequest } from './request.ts';
import { matchOperation } from './route.ts';
import { headerOf } from './views.ts';

type Values = Readonly<Record<string, Json>>;

/** A request as a server reads it. A parameter that the reader takes as absent has no entry. */
export interface ReadBack {
  readonly path: Values;
  readonly query: Values;
  readonly header: Values;
  readonly cookie: Values;
  readonly body?: Json;
  /** What kept a part of the request from being read at all. */
  readonly problems: readonly { readonly in: ParameterPlace | 'body'; readonly what: string }[];
}

/** One reason why a server that keeps the contract refuses a request. */
export interface Refusal {
  readonly in: ParameterPlace | 'body';
  /** The parameter's name; absent for the body. */
  readonly name?: string;
  readonly what: string;
  readonly value?: Json;
}

/** Parses the bytes of a request as a server would, by the operation's parameters and media types. */
export function readBack(operation: Operation, request: WireRequest, options: ReadOptions): ReadBack {
  const problems: { in: ParameterPlace | 'body'; what: string }[] = [];
  const body = bodyValue(operation, request, options);
  if (body !== undefined && 'problem' in body) problems.push({ in: 'body', what: body.problem });
  const values = parseParameters(operation, request, options);
  for (const [name, value] of request.headers) {
    // RFC 9110, 5.5: no line ends or NUL in a field value; HTTP clients refuse all controls.
    if (/[\u0000-\u0008\u000a-\u001f\u007f]/.test(value)) problems.push({ in: 'header', what: `${name} holds a control character` });
  }
  if (values.path === undefined) problems.push({ in: 'path', what: `${request.pathAndQuery} is not ${operation.path}` });
  return { ...values, path: values.path ?? {}, problems, ...(body !== undefined && 'value' in body ? { body: body.value } : {}) };
}

/** The parameters of a request as a server reads them; `path` is `undefined` where the path is not the operation's. */
export function parseParameters(
  operation: Operation,
  request: Pick<WireRequest, 'pathAndQuery' | 'headers'>,
  options: ReadOptions,
): { readonly path: Values | undefined; readonly query: Values; readonly header: Values; readonly cookie: Values } {
  const question = request.pathAndQuery.indexOf('?');
  const route = hasDots(request.pathAndQuery) ? undefined : matchOperation([operation], operation.method, request.pathAndQuery, '');
  const query = question < 0 ? [] : parsePairs(request.pathAndQuery.slice(question + 1));
  const cookies = cookiePairs(headerOf(request.headers, 'cookie'));
  const found: Record<ParameterPlace, [string, Json][]> = { path: [], query: [], header: [], cookie: [] };
  const taken = new Set(operation.parameters.filter((parameter) => parameter.in === 'query').map(({ name }) => name));
  for (const parameter of operation.parameters) {
    const readable = { ...parameter, schemas: [parameter.schema] };
    let value: Json | undefined;
    if (parameter.in === 'query') value = readPairs(readable, query, options, taken);
    else if (parameter.in === 'cookie') value = readPairs(readable, cookies, options);
    else {
      const pathText =
        route?.kind === 'operation' && Object.hasOwn(route.pathParameters, parameter.name)
          ? route.pathParameters[parameter.name]
          : undefined;
      const text = parameter.in === 'path' ? pathText : headerOf(request.headers, parameter.name.toLowerCase())?.trim();
      if (text !== undefined) value = readText(readable, parameter.in === 'path' ? text : utf8Of(text), options);
    }
    if (value !== undefined) found[parameter.in].push([parameter.name, value]);
  }
  return {
    path: route?.kind === 'operation' ? Object.fromEntries(found.path) : undefined,
    query: Object.fromEntries(found.query),
    header: Object.fromEntries(found.header),
    cookie: Object.fromEntries(found.cookie),
  };
}

/** Why a server that reads like this and keeps the contract refuses the request; empty where it accepts it. */
export function refusalsOf(operation: Operation, request: WireRequest, options: ReadOptions): Refusal[] {
  const read = readBack(operation, request, options);
  const refusals: Refusal[] = [...read.problems];
  for (const parameter of operation.parameters) {
    const values = read[parameter.in];
    const { name } = parameter;
    if (!Object.hasOwn(values, name)) {
      if (parameter.required) refusals.push({ in: parameter.in, name, what: 'is missing' });
      continue;
    }
    const value = values[name] as Json;
    if (!options.judge.accepts(parameter.schema, value)) refusals.push({ in: parameter.in, name, what: 'breaks its schema', value });
  }
  if (read.problems.some((problem) => problem.in === 'body') || operation.requestBody === undefined) return refusals;
  if (read.body === undefined) return operation.requestBody.required ? [...refusals, { in: 'body', what: 'is missing' }] : refusals;
  const media = matchMediaType(operation.requestBody.content, headerOf(request.headers, 'content-type') ?? '');
  if (media?.schema !== undefined && !options.judge.accepts(media.schema, read.body)) {
    refusals.push({ in: 'body', what: 'breaks its schema', value: read.body });
  }
  return refusals;
}

function bodyValue(
  operation: Operation,
  request: WireRequest,
  options: ReadOptions,
): { readonly value: Json } | { readonly problem: string } | undefined {
  const { body } = request;
  if (operation.requestBody === undefined || body === undefined || body.length === 0) return undefined;
  const contentType = headerOf(request.headers, 'content-type');
  const media = contentType === undefined ? undefined : matchMediaType(operation.requestBody.content, contentType);
  if (contentType === undefined || media === undefined) return { problem: `the media type ${contentType ?? '(none)'} is not declared` };
  return parseBody(media, contentType, body, options);
}

/** Dot segments are resolved on the way, however they are written (RFC 3986, 5.2.4; WHATWG URL). */
function hasDots(target: string): boolean {
  return /(^|\/)(\.|%2e){1,2}(\/|$|\?)/i.test(target);
}

/** The pairs of a Cookie header, percent-decoded. */
export function cookiePairs(header: string | undefined): NameValue[] {
  if (header === undefined) return [];
  return header.split(';').flatMap((piece) => {
    const equals = piece.indexOf('=');
    if (equals < 0) return [];
    return [
      [
        piece.slice(0, equals).trim(),
        decodeComponent(
          piece
            .slice(equals + 1)
            .trim()
            .replace(/^"(.*)"$/, '$1'),
        ),
      ],
    ];
  });
}

/** Header bytes come as Latin-1; where they are UTF-8 they were meant as such. */
function utf8Of(text: string): string {
  if (!/[\u0080-\u00ff]/.test(text)) return text;
  const decoded = Buffer.from(text, 'latin1').toString('utf8');
  return decoded.includes('\uFFFD') ? text : decoded;
}
