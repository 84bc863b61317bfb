import type { NameValue } from '../model/index.ts';
import { headerOf, serialiseForm } from '../wire/index.ts';
import type { RecordedParts } from './recorded.ts';
import { headersOf, listMember, memberOf, numberMember, textMember, timeOf } from './values.ts';

/** One entry of a HAR 1.2 log, or why it is none. */
export function harEntry(entry: unknown): RecordedParts | { readonly problem: string } {
  const request = memberOf(entry, 'request');
  const response = memberOf(entry, 'response');
  const method = textMember(request, 'method');
  const url = textMember(request, 'url');
  if (method === undefined || url === undefined) return { problem: 'a HAR entry without request.method and request.url' };
  const content = memberOf(response, 'content');
  const requestBody = postData(memberOf(request, 'postData'));
  const responseHeaders = headersOf(memberOf(response, 'headers')) ?? [];
  const mimeType = textMember(content, 'mimeType');
  const text = textMember(content, 'text');
  const size = numberMember(content, 'size');
  // No text of size 0 is an empty body, not a lost one.
  const said = text ?? (size === 0 ? '' : undefined);
  const responseBody = said === undefined ? undefined : Buffer.from(said, isBase64(content) ? 'base64' : 'utf8');
  const status = numberMember(response, 'status');
  const httpVersion = textMember(response, 'httpVersion')?.replace(/^HTTP\//i, '');
  const startedAt = timeOf(memberOf(entry, 'startedDateTime'));
  const durationMs = numberMember(entry, 'time');
  return {
    method,
    url,
    requestHeaders: withContentType(headersOf(memberOf(request, 'headers')) ?? [], textMember(memberOf(request, 'postData'), 'mimeType')),
    ...(requestBody === undefined ? {} : { requestBody }),
    // Browsers write status 0 where no answer came.
    ...(status === undefined || status === 0 ? {} : { status }),
    responseHeaders: responseHeaders.length === 0 ? responseHeaders : withContentType(responseHeaders, mimeType),
    ...(responseBody === undefined ? {} : { responseBody }),
    ...(httpVersion === undefined || httpVersion === '' ? {} : { httpVersion }),
    ...(startedAt === undefined ? {} : { startedAt }),
    ...(durationMs === undefined ? {} : { durationMs }),
    isStream: mimeType?.includes('event-stream') ?? false,
  };
}

function postData(data: unknown): Uint8Array | undefined {
  const text = textMember(data, 'text');
  if (text !== undefined && text !== '') return Buffer.from(text, isBase64(data) ? 'base64' : 'utf8');
  const params = listMember(data, 'params').flatMap((one): NameValue[] => {
    const name = textMember(one, 'name');
    return name === undefined ? [] : [[name, textMember(one, 'value') ?? '']];
  });
  const mimeType = textMember(data, 'mimeType') ?? '';
  return params.length === 0 || !mimeType.includes('urlencoded') ? undefined : Buffer.from(serialiseForm(params), 'utf8');
}

function isBase64(value: unknown): boolean {
  return memberOf(value, 'encoding') === 'base64' || memberOf(value, '_encoding') === 'base64';
}

function withContentType(headers: readonly NameValue[], mimeType: string | undefined): readonly NameValue[] {
  if (mimeType === undefined || mimeType === '' || mimeType === 'x-unknown' || headerOf(headers, 'content-type') !== undefined)
    return headers;
  return [...headers, ['content-type', mimeType]];
}
