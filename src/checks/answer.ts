import type { CheckContext, ResponseView } from '../model/index.ts';

/** Long enough for the message of an error body, short enough for one line of a report. */
const snippetLength = 160;

/** The answer in one line, as a report quotes it: `404 application/json {"error":…`. */
export function answerOf(response: ResponseView): string {
  return [response.status, response.mediaType ?? '(no content-type)', snippetOf(response)].join(' ').trim();
}

/** The start of a body in one line. */
export function snippetOf(response: ResponseView): string {
  if (!response.hasBody) return '(no body)';
  if (response.text === undefined) return '(binary body)';
  const line = response.text
    .slice(0, snippetLength * 4)
    .replaceAll(/\s+/g, ' ')
    .trim();
  return line.length > snippetLength ? `${line.slice(0, snippetLength)}…` : line;
}

/** Whether the request went where the document has no operation: what its operation declares says nothing of the answer. */
export function isOffRoute(context: CheckContext): boolean {
  return context.case?.mutation?.keyword === 'route';
}

/** 1xx, 204, 205 and 304 carry no body, nor does an answer to HEAD (RFC 9110, 6.4.1). */
export function mayHaveBody(context: CheckContext, response: ResponseView): boolean {
  return context.exchange.request.method !== 'HEAD' && response.status >= 200 && ![204, 205, 304].includes(response.status);
}

/** `application/json`, `application/problem+json`: what a JSON parser reads. */
export function isJson(mediaType: string): boolean {
  return /^[^/]+\/(?:[^;]+\+)?json\s*(?:;|$)/i.test(mediaType);
}

/** Fields of which every answer with a body has one: a recorder that kept none of them chose what it kept. */
const alwaysThere = new Set(['content-type', 'date', 'content-length', 'transfer-encoding']);

/** A recording whose recorder kept no headers, or a chosen few: the absence of one says nothing of the server. */
export function headersNotRecorded(context: CheckContext): boolean {
  const headers = context.exchange.response?.headers ?? [];
  return context.case === undefined && !headers.some(([name]) => alwaysThere.has(name.toLowerCase()));
}

/** The kept bytes of the body are not all of it, so that nothing can be said of the whole. */
export function isTruncated(context: CheckContext): boolean {
  return context.exchange.response?.body.truncated === true;
}

/** The profile does not promise this operation, and the target answers as one that lacks it. */
export function isAbsent(context: Pick<CheckContext, 'promised'>, response: ResponseView): boolean {
  return !context.promised && [404, 405, 501].includes(response.status);
}

/** The target asks us to come back later: nothing is proven about the request (RFC 9110, 15.6.4; RFC 6585, 4). */
export function isOverloaded(response: ResponseView): boolean {
  return response.status === 429 || (response.status === 503 && response.header('retry-after') !== undefined);
}
