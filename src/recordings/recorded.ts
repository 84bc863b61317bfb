import { hash } from 'node:crypto';
import type { Body, Case, Exchange, ExchangeEvent, NameValue, ReceivedResponse, StreamEvent, StreamRecord } from '../model/index.ts';
import { bodyOf, codingsOf, decodeContent, decodeEvents, headerOf, parseMediaType, parseMultipart } from '../wire/index.ts';
import { type RecordedBody, bytesOf, sizeOf } from './values.ts';

/** A part of an exchange that cannot be judged, and why. */
export interface MissingPart {
  readonly part: 'request-headers' | 'request-body' | 'response' | 'response-headers' | 'response-body';
  readonly why: 'not-recorded' | 'truncated';
}

/** One exchange that was found in a recording. */
export interface RecordedExchange {
  readonly kind: 'exchange';
  /** The file as it was named or found. */
  readonly source: string;
  /** Where in the file: `line 3`, `entry 2`. */
  readonly place: string;
  /** The recording's own id, else the place; not unique over files. */
  readonly id: string;
  readonly exchange: Exchange;
  /** Host the request went to: decides the reading. */
  readonly host?: string;
  /** What the recorder noted: `reserialised`, `response_redacted`, … */
  readonly flags: readonly string[];
  readonly missing: readonly MissingPart[];
  /** Of a journal: the case it was sent for. */
  readonly case?: Case;
  readonly purpose?: ExchangeEvent['purpose'];
}

/** A raw event stream without its request; read while its events are asked for, which is once and before the next recording is. */
export interface RecordedTranscript {
  readonly kind: 'transcript';
  readonly source: string;
  readonly events: AsyncIterable<readonly StreamEvent[]>;
  /** What the reading left, known at its end: comments behind the last event, and why it went no further. */
  rest(): { readonly comments: readonly NameValue[]; readonly problem?: string };
}

/** Something that should have been an exchange and is none. */
export interface UnreadableRecording {
  readonly kind: 'unreadable';
  readonly source: string;
  readonly place: string;
  readonly problem: string;
}

export type Recorded = RecordedExchange | RecordedTranscript | UnreadableRecording;

/** An exchange as the formats have it in common. */
export interface RecordedParts {
  readonly id?: string;
  readonly method: string;
  readonly url: string;
  /** Absent where the recorder did not keep any. */
  readonly requestHeaders?: readonly NameValue[];
  readonly requestBody?: RecordedBody;
  readonly status?: number;
  readonly responseHeaders?: readonly NameValue[];
  readonly responseBody?: RecordedBody;
  /** Bytes that the body once had, where the recorder kept fewer. */
  readonly responseSize?: number;
  readonly httpVersion?: string;
  readonly startedAt?: number;
  readonly durationMs?: number;
  /** The recorder says that the answer was an event stream. */
  readonly isStream?: boolean;
  readonly flags?: readonly string[];
  readonly missing?: readonly MissingPart[];
}

/** An exchange of the common form as the one that checks read. Codings that the recorder left on a body are undone. */
export function recordedExchange(given: RecordedParts, source: string, place: string): RecordedExchange | UnreadableRecording {
  const host = URL.parse(given.url)?.host;
  if (host === undefined && !URL.canParse(given.url, 'http://recorded.invalid'))
    return { kind: 'unreadable', source, place, problem: `the URL ${JSON.stringify(given.url.slice(0, 100))} cannot be read` };
  const { status, ...others } = given;
  // Recorders write 0 where no answer came; HTTP has three digits.
  const parts = status === undefined || !Number.isInteger(status) || status < 100 || status > 999 ? others : given;
  const id = parts.id ?? place;
  const requestHeaders = parts.requestHeaders ?? [];
  const requestBody = parts.requestBody === undefined ? undefined : undone(parts.requestBody, requestHeaders);
  const response = responseOf(parts);
  const stream = response === undefined ? undefined : streamOf(parts, response.body);
  const exchange: Exchange = {
    id,
    request: {
      method: parts.method.toUpperCase(),
      url: parts.url,
      headers: requestHeaders,
      ...(requestBody === undefined ? {} : { body: keptBody(requestBody) }),
    },
    ...(response === undefined ? {} : { response: response.received }),
    ...(stream === undefined ? {} : { stream }),
    timings: { startedAt: parts.startedAt ?? 0, endMs: parts.durationMs ?? 0 },
  };
  return {
    kind: 'exchange',
    source,
    place,
    id,
    exchange,
    ...(host === undefined ? {} : { host }),
    flags: parts.flags ?? [],
    missing: [...missingOf(parts), ...(parts.missing ?? [])],
  };
}

function responseOf(parts: RecordedParts): { readonly received: ReceivedResponse; readonly body: RecordedBody } | undefined {
  if (parts.status === undefined) return undefined;
  const headers = parts.responseHeaders ?? [];
  const kept = parts.responseBody ?? '';
  const unpacked = undone(kept, headers);
  const cut = isCut(parts);
  const isAbridged = parts.flags?.some((flag) => abridged.test(flag)) ?? false;
  const body = { ...keptBody(unpacked, cut), ...(isAbridged ? { abridged: true } : {}) };
  return {
    body: unpacked,
    received: {
      status: parts.status,
      headers,
      body: cut ? { ...body, size: Math.max(body.size, parts.responseSize ?? 0) } : body,
      ...(unpacked === kept ? {} : { encodedSize: sizeOf(kept) }),
      ...(parts.httpVersion === undefined ? {} : { httpVersion: parts.httpVersion }),
    },
  };
}

/** A recorder's note that long Base64 texts inside the answer were shortened. */
const abridged = /^response(?:_body)?_b64_truncated$/;

function keptBody(body: RecordedBody, truncated = false): Body {
  if (typeof body !== 'string') return bodyOf(body, truncated);
  return { size: sizeOf(body), text: body, ...(truncated ? { truncated } : {}) };
}

function isCut(parts: RecordedParts): boolean {
  return isLost(parts) || isMangled(parts) || isShort(parts) || (parts.missing ?? []).some(({ part }) => part === 'response-body');
}

/** Whether the recorder kept fewer bytes of the answer than it says there were. */
function isShort({ responseSize = 0, responseBody }: RecordedParts): boolean {
  return responseSize > 0 && responseSize > sizeOf(responseBody);
}

/** Whether an answer had a body that the recorder did not keep. One that says its length is 0, or may not have any, had none. */
function isLost({ method, status = 0, responseHeaders = [], responseBody }: RecordedParts): boolean {
  if (method.toUpperCase() === 'HEAD' || status < 200 || [204, 205, 304].includes(status)) return false;
  const length = headerOf(responseHeaders, 'content-length');
  return responseBody === undefined ? length !== '0' : responseBody.length === 0 && Number(length ?? 0) > 0;
}

/** Whether a packed text can no longer be unpacked: the recorder took its bytes for text. */
function isMangled({ responseBody = '', responseHeaders = [] }: RecordedParts): boolean {
  const codings = codingsOf(headerOf(responseHeaders, 'content-encoding'));
  const isPacked = 'unknown' in codings || codings.length > 0;
  if (!isPacked || !/\bjson\b|^\s*text\//i.test(headerOf(responseHeaders, 'content-type') ?? '')) return false;
  const body = undone(responseBody, responseHeaders);
  // No JSON and no text begins with control characters.
  // oxlint-disable-next-line no-control-regex
  return typeof body === 'string' ? /^.{0,16}[\u0000-\u0008\u000E-\u001F]/.test(body) : bodyOf(body).text === undefined;
}

function missingOf(parts: RecordedParts): MissingPart[] {
  const found: MissingPart[] = [];
  const hasRequestBody = parts.requestBody !== undefined && parts.requestBody.length > 0;
  if (parts.requestHeaders === undefined || (hasRequestBody && headerOf(parts.requestHeaders, 'content-type') === undefined)) {
    found.push({ part: 'request-headers', why: 'not-recorded' });
  }
  const contentType = headerOf(parts.requestHeaders ?? [], 'content-type') ?? '';
  // Recorders write a note, or the form before it was one, in place of files.
  const isForm = parseMediaType(contentType)?.essence === 'multipart/form-data';
  if (hasRequestBody && isForm && 'problem' in parseMultipart(contentType, bytesOf(parts.requestBody ?? ''))) {
    found.push({ part: 'request-body', why: 'not-recorded' });
  }
  if (parts.status === undefined) return [...found, { part: 'response', why: 'not-recorded' }];
  const hasBody = parts.responseBody !== undefined && parts.responseBody.length > 0;
  const headers = parts.responseHeaders ?? [];
  if (headers.length === 0 || (hasBody && headerOf(headers, 'content-type') === undefined)) {
    found.push({ part: 'response-headers', why: 'not-recorded' });
  }
  const isKnown = (parts.missing ?? []).some(({ part }) => part === 'response-body');
  if (!isKnown && isMangled(parts)) found.push({ part: 'response-body', why: 'not-recorded' });
  else if (!isKnown && (isLost(parts) || isShort(parts)))
    found.push({ part: 'response-body', why: hasBody ? 'truncated' : 'not-recorded' });
  return found;
}

/** Most recorders keep the header of a coding that they have undone: only bytes that are no text are still packed. */
function undone(body: RecordedBody, headers: readonly NameValue[]): RecordedBody {
  if (typeof body === 'string') return body;
  const header = headerOf(headers, 'content-encoding');
  const codings = codingsOf(header);
  if (body.length === 0 || 'unknown' in codings || codings.length === 0) return body;
  if (bodyOf(body).text !== undefined) return body;
  const unpacked = decodeContent(header, body);
  return 'bytes' in unpacked ? unpacked.bytes : body;
}

function streamOf(parts: RecordedParts, body: RecordedBody): StreamRecord | undefined {
  const contentType = headerOf(parts.responseHeaders ?? [], 'content-type');
  const isStream =
    contentType === undefined ? parts.isStream === true && startsLikeEvents(body) : /^\s*text\/event-stream\b/i.test(contentType);
  if (!isStream) return undefined;
  const cut = isCut(parts);
  const bytes = bytesOf(body);
  const read = decodeEvents(bytes);
  // The end of a recording that was cut says nothing of the event that stood there.
  const kept = cut && read.at(-1)?.end === 'end-of-body' ? read.slice(0, -1) : read;
  return {
    count: kept.length,
    bytes: bytes.length,
    digest: hash('sha256', bytes),
    kept,
    end: cut ? 'recording-ends' : 'closed',
    gaps: [],
    violations: [],
  };
}

function startsLikeEvents(body: RecordedBody): boolean {
  const start = typeof body === 'string' ? body.slice(0, 16) : Buffer.from(body.subarray(0, 16)).toString('utf8');
  return /^\uFEFF?(data|event|id|retry)?:/.test(start);
}
