import type {
  Exchange,
  Json,
  MediaType,
  NameValue,
  Operation,
  ReceivedResponse,
  RequestView,
  Response,
  ResponseView,
  StreamEvent,
} from '../model/index.ts';
import { bytesOf } from './body.ts';
import { textOfBody } from './charset.ts';
import { parsePairs } from './forms.ts';
import type { ParsedJson } from './limits.ts';
import { parseJson } from './limits.ts';
import { isJsonMediaType, matchMediaType, parseMediaType } from './media-type.ts';
import { parseMultipart } from './parse-multipart.ts';

/** The values of one header joined with `, `; the name is compared in lower case. */
export function headerOf(headers: readonly NameValue[], name: string): string | undefined {
  let joined: string | undefined;
  for (const [other, value] of headers) {
    if (other.length === name.length && other.toLowerCase() === name) joined = joined === undefined ? value : `${joined}, ${value}`;
  }
  return joined;
}

/**
 * The request of an exchange as a server would read it. A form or multipart body becomes an object of texts. `json` is the value
 * of a JSON body, for who has just written it.
 */
export function requestView(exchange: Exchange, _operation?: Operation, json?: Json): RequestView {
  const { request } = exchange;
  const contentType = headerOf(request.headers, 'content-type');
  const mediaType = contentType === undefined ? undefined : parseMediaType(contentType)?.essence;
  const question = request.url.indexOf('?');
  const query = question < 0 ? [] : parsePairs(request.url.slice(question + 1).split('#')[0] ?? '');
  return new LazyRequestView(exchange, query, mediaType, contentType, json) as RequestView;
}

class LazyRequestView {
  readonly query: readonly NameValue[];
  readonly mediaType: string | undefined;
  readonly #exchange: Exchange;
  readonly #contentType: string | undefined;
  readonly #json: Json | undefined;
  #body: { readonly value: Json | undefined } | undefined;

  constructor(
    exchange: Exchange,
    query: readonly NameValue[],
    mediaType: string | undefined,
    contentType: string | undefined,
    json: Json | undefined,
  ) {
    this.query = query;
    this.mediaType = mediaType;
    this.#exchange = exchange;
    this.#contentType = contentType;
    this.#json = json;
  }

  get body(): Json | undefined {
    this.#body ??= { value: requestBodyOf(this.#exchange, this.mediaType, this.#contentType, this.#json) };
    return this.#body.value;
  }

  header(name: string): string | undefined {
    return headerOf(this.#exchange.request.headers, name);
  }
}

function requestBodyOf(
  exchange: Exchange,
  mediaType: string | undefined,
  contentType: string | undefined,
  json: Json | undefined,
): Json | undefined {
  const { body } = exchange.request;
  if (body === undefined || body.size === 0) return undefined;
  if (mediaType === 'application/x-www-form-urlencoded') return objectOf(parsePairs(body.text ?? ''));
  if (mediaType === 'multipart/form-data') {
    const parsed = parseMultipart(contentType ?? '', bytesOf(body));
    if ('problem' in parsed) return undefined;
    return objectOf(parsed.parts.map(({ name, bytes }) => [name, textOfPart(bytes)]));
  }
  if (mediaType !== undefined && !isJsonMediaType(mediaType)) return undefined;
  // With another charset the bytes that were written say something else.
  if (json !== undefined && contentType?.includes('charset') !== true) return json;
  const text = textOfBody(body, contentType);
  const parsed = 'text' in text ? parseJson(text.text) : undefined;
  return parsed !== undefined && 'value' in parsed ? parsed.value : undefined;
}

/** Bytes that are no UTF-8 become one character each, so that lengths stay true. */
export function textOfPart(bytes: Uint8Array): string {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const text = buffer.toString('utf8');
  return text.includes('\uFFFD') && !Buffer.from(text, 'utf8').equals(buffer) ? buffer.toString('latin1') : text;
}

/** Pairs as an object: a repeated name, or one that ends in `[]`, is an array. */
function objectOf(pairs: readonly NameValue[]): Json {
  const groups = Map.groupBy(pairs, ([name]) => (name.endsWith('[]') ? name.slice(0, -2) : name));
  const members = Array.from(groups, ([name, group]): [string, Json] => {
    const values = group.map(([, value]) => value);
    return [name, values.length > 1 || group.some(([full]) => full !== name) ? values : (values[0] ?? '')];
  });
  return Object.fromEntries(members);
}

/** The response of an exchange, parsed once and on demand; `undefined` where none came. */
export function responseView(exchange: Exchange, operation: Operation | undefined): ResponseView | undefined {
  const { response, stream } = exchange;
  if (response === undefined) return undefined;
  const contentType = headerOf(response.headers, 'content-type');
  const mediaType = contentType === undefined ? undefined : parseMediaType(contentType)?.essence;
  const declared = operation === undefined ? undefined : declaredResponse(operation.responses, response.status);
  const declaredMedia = declared === undefined || contentType === undefined ? undefined : matchMediaType(declared.content, contentType);
  const events = stream !== undefined && stream.kept.length === stream.count ? stream.kept : undefined;
  const text = textOfBody(response.body, contentType);
  const view = new LazyResponseView(exchange, response, text);
  view.mediaType = mediaType;
  view.declared = declared;
  view.declaredMedia = declaredMedia;
  view.events = events;
  return view as ResponseView;
}

/** A class, for every exchange has a view: accessors in an object literal cost more than all else here. */
class LazyResponseView {
  readonly status: number;
  readonly hasBody: boolean;
  readonly text: string | undefined;
  mediaType: string | undefined;
  declared: Response | undefined;
  declaredMedia: MediaType | undefined;
  events: readonly StreamEvent[] | undefined;
  readonly #isStream: boolean;
  readonly #headers: readonly NameValue[];
  readonly #problem: string | undefined;
  #parsed: ParsedJson | undefined;

  constructor({ stream }: Exchange, { status, headers, body }: ReceivedResponse, text: ReturnType<typeof textOfBody>) {
    this.status = status;
    this.hasBody = body.size > 0;
    this.text = 'text' in text ? text.text : undefined;
    this.#isStream = stream !== undefined;
    this.#headers = headers;
    this.#problem = 'problem' in text ? text.problem : undefined;
  }

  get json(): Json | undefined {
    const result = this.#json();
    return 'value' in result ? result.value : undefined;
  }

  get parseError(): string | undefined {
    const result = this.#json();
    return 'problem' in result ? result.problem : undefined;
  }

  header(name: string): string | undefined {
    return headerOf(this.#headers, name);
  }

  #json(): ParsedJson {
    if (this.#parsed !== undefined) return this.#parsed;
    if (this.#isStream) this.#parsed = { problem: 'the body is an event stream' };
    else if (!this.hasBody) this.#parsed = { problem: 'the body is empty' };
    else this.#parsed = this.#problem === undefined ? parseJson(this.text ?? '') : { problem: this.#problem };
    return this.#parsed;
  }
}

/** What is declared for a status: exact, then its range `4XX`, then `default`. */
function declaredResponse(responses: readonly Response[], status: number): Response | undefined {
  const named = (name: string): Response | undefined =>
    responses.find((response) => response.status === name || response.status.toUpperCase() === name);
  return named(String(status)) ?? named(`${Math.floor(status / 100)}XX`) ?? named('DEFAULT');
}
