import type { Exchange, ExchangeEvent } from '../model/index.ts';
import { harEntry } from './har.ts';
import type { MissingPart, Recorded, RecordedParts } from './recorded.ts';
import { recordedExchange } from './recorded.ts';
import { bodyMember, headersOf, isRecord, listMember, memberOf, numberMember, textMember, timeOf } from './values.ts';
import { vcrInteraction } from './vcr.ts';

/** Of our own journals, which tell an exchange alike in both. */
const journalVersions = new Set<unknown>([1, 2]);

/**
 * One exchange of a JSON value, whichever of the known forms it has: a line of a journal, a flat line
 * (`method`, `path`, `request_body`, …), a HAR entry, a VCR interaction. `undefined` for a journal's other lines.
 */
export function readValue(value: unknown, source: string, place: string): Recorded | undefined {
  if (!isRecord(value)) return { kind: 'unreadable', source, place, problem: 'is no JSON object' };
  if (journalVersions.has(memberOf(value, 'v')) && typeof memberOf(value, 'type') === 'string') return journalLine(value, source, place);
  const parts = partsOf(value);
  if ('problem' in parts) return { kind: 'unreadable', source, place, problem: parts.problem };
  return recordedExchange(parts, source, place);
}

function partsOf(value: Readonly<Record<string, unknown>>): RecordedParts | { readonly problem: string } {
  const request = memberOf(value, 'request');
  if (!isRecord(request)) return flatLine(value);
  if (typeof memberOf(request, 'uri') === 'string' || memberOf(memberOf(value, 'response'), 'content') === undefined)
    return vcrInteraction(value);
  return harEntry(value);
}

function journalLine(value: Readonly<Record<string, unknown>>, source: string, place: string): Recorded | undefined {
  if (memberOf(value, 'type') !== 'exchange') return undefined;
  const exchange = memberOf(value, 'exchange');
  const request = memberOf(exchange, 'request');
  if (textMember(request, 'method') === undefined || textMember(request, 'url') === undefined || textMember(exchange, 'id') === undefined) {
    return { kind: 'unreadable', source, place, problem: 'an exchange of a journal without request.method and request.url' };
  }
  if (!isOwnExchange(exchange))
    return { kind: 'unreadable', source, place, problem: 'an exchange of a journal whose parts are not those of one' };
  // Our own writer made it; what it lacks is told by the checks that miss it.
  const own = value as unknown as ExchangeEvent;
  const host = URL.canParse(own.exchange.request.url) ? new URL(own.exchange.request.url).host : undefined;
  return {
    kind: 'exchange',
    source,
    place,
    id: own.exchange.id,
    exchange: own.exchange satisfies Exchange,
    ...(host === undefined ? {} : { host }),
    flags: [],
    missing: [],
    ...(isRecord(own.case) ? { case: own.case } : {}),
    purpose: own.purpose,
  };
}

/** Whether what every judgement reads is there: a journal is a file like any other. */
function isOwnExchange(exchange: unknown): boolean {
  const request = memberOf(exchange, 'request');
  const response = memberOf(exchange, 'response');
  const stream = memberOf(exchange, 'stream');
  const error = memberOf(exchange, 'error');
  return (
    URL.canParse(textMember(request, 'url') ?? '', 'http://recorded.invalid') &&
    isPairs(memberOf(request, 'headers')) &&
    (response === undefined ||
      (numberMember(response, 'status') !== undefined &&
        isPairs(memberOf(response, 'headers')) &&
        numberMember(memberOf(response, 'body'), 'size') !== undefined)) &&
    (stream === undefined || (Array.isArray(memberOf(stream, 'kept')) && Array.isArray(memberOf(stream, 'violations')))) &&
    (error === undefined || textMember(error, 'kind') !== undefined)
  );
}

function isPairs(value: unknown): boolean {
  return (
    Array.isArray(value) && value.every((pair) => Array.isArray(pair) && pair.length === 2 && pair.every((one) => typeof one === 'string'))
  );
}

function flatLine(line: Readonly<Record<string, unknown>>): RecordedParts | { readonly problem: string } {
  const method = textMember(line, 'method');
  const path = textMember(line, 'path');
  const stated = textMember(line, 'url') ?? textMember(line, 'uri');
  if (method === undefined || (path === undefined && stated === undefined)) return { problem: 'is no exchange: it has no method and path' };
  const query = textMember(line, 'query');
  const url =
    stated ??
    `https://${textMember(line, 'host') ?? 'recorded.invalid'}${textMember(line, 'prefix') ?? ''}${path ?? ''}${query ? `?${query}` : ''}`;
  const flags = listMember(line, 'flags').filter((flag) => typeof flag === 'string');
  const id = textMember(line, 'id');
  const requestHeaders = headersOf(memberOf(line, 'request_headers'));
  const responseHeaders = headersOf(memberOf(line, 'response_headers'));
  const requestBody = bodyMember(memberOf(line, 'request_body'));
  const responseBody = bodyMember(memberOf(line, 'response_body'));
  const status = numberMember(line, 'status');
  const size = flags.map((flag) => /^bytes=(\d+)$/.exec(flag)?.[1]).find((bytes) => bytes !== undefined);
  const startedAt = timeOf(memberOf(line, 'recorded_date_if_known')) ?? timeOf(memberOf(line, 'recorded_at'));
  return {
    ...(id === undefined ? {} : { id }),
    method,
    url,
    ...(requestHeaders === undefined || requestHeaders.length === 0 ? {} : { requestHeaders }),
    ...(requestBody === undefined ? {} : { requestBody }),
    ...(status === undefined ? {} : { status }),
    ...(responseHeaders === undefined ? {} : { responseHeaders }),
    ...(responseBody === undefined ? {} : { responseBody }),
    ...(size === undefined ? {} : { responseSize: Number(size) }),
    ...(startedAt === undefined ? {} : { startedAt }),
    isStream: memberOf(line, 'stream') === true,
    flags,
    missing: cutParts(flags),
  };
}

/** Flags that say that a body lacks its end; a shortened base64 text inside a whole body is no such thing. */
function cutParts(flags: readonly string[]): MissingPart[] {
  return flags.flatMap((flag): MissingPart[] => {
    const cut = /^(request|response)(?:_body)?_truncated$/.exec(flag)?.[1];
    if (cut !== undefined || flag === 'truncated')
      return [{ part: cut === 'request' ? 'request-body' : 'response-body', why: 'truncated' }];
    return flag === 'request_binary' ? [{ part: 'request-body', why: 'not-recorded' }] : [];
  });
}
