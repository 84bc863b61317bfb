import type { NameValue, Operation, PlannedBody, PlannedRequest } from '../model/index.ts';
import { serialiseForm } from './forms.ts';
import { cookieOf, queryOf } from './parameters.ts';
import { serialiseMultipart } from './multipart.ts';

/** A request as bytes, without origin and credentials. */
export interface WireRequest {
  readonly method: string;
  /** Path and query as they stand in the request line, before the target's base path. */
  readonly pathAndQuery: string;
  readonly headers: readonly NameValue[];
  readonly body?: Uint8Array;
  /** The text that the body's bytes say in UTF-8, where it is at hand. */
  readonly text?: string;
}

/**
 * Serialises a planned request. `path` is taken as it is; query pairs are percent-encoded by the style of their
 * parameter; the content-type header follows from the body unless `headers` states one. Credentials and
 * content-length are the sender's.
 */
export function serialiseRequest(operation: Operation | undefined, planned: PlannedRequest): WireRequest {
  const query = [queryOf(undefined, missingFixed(operation, planned)), queryOf(operation, planned.query)]
    .filter((text) => text !== '')
    .join('&');
  const body = planned.body === undefined ? undefined : serialiseBody(planned.body);
  const stated = new Set(planned.headers.map(([name]) => name.toLowerCase()));
  const contentType = body === undefined ? undefined : contentTypeFor(planned.headers, body);
  const headers: NameValue[] = planned.headers
    .filter(([name]) => name.toLowerCase() !== 'content-type')
    .map(([name, value]) => [name, headerText(value)]);
  if (contentType !== undefined) headers.push(['content-type', contentType]);
  else headers.push(...planned.headers.filter(([name]) => name.toLowerCase() === 'content-type'));
  if (planned.cookies !== undefined && planned.cookies.length > 0 && !stated.has('cookie'))
    headers.push(['cookie', cookieOf(planned.cookies)]);
  return {
    method: planned.method,
    pathAndQuery: query === '' ? planned.path : `${planned.path}?${query}`,
    headers,
    ...(body === undefined ? {} : { body: body.bytes }),
    ...(body?.text === undefined ? {} : { text: body.text }),
  };
}

/** A body as bytes and the content-type that tells how to read them. */
export interface SerialisedBody {
  readonly contentType: string;
  readonly bytes: Uint8Array;
  /** What the bytes say, where that was a text before. */
  readonly text?: string;
}

/** Serialises a planned body in its form; a boundary stated in the media type of a multipart body is used. */
export function serialiseBody(body: PlannedBody): SerialisedBody {
  const contentType = body.mediaType;
  if ('json' in body) {
    // JSON.stringify escapes lone surrogates: its text and the bytes say the same.
    const text = JSON.stringify(body.json);
    return { contentType, bytes: Buffer.from(text, 'utf8'), text };
  }
  if ('form' in body) return { contentType, bytes: Buffer.from(serialiseForm(body.form), 'utf8') };
  if ('text' in body) return { contentType, bytes: Buffer.from(body.text, 'utf8') };
  if ('base64' in body) return { contentType, bytes: Buffer.from(body.base64, 'base64') };
  const asked = /;\s*boundary="?([^";]+)"?/i.exec(body.mediaType)?.[1];
  const { boundary, bytes } = serialiseMultipart(body.parts, asked);
  return { contentType: asked === undefined ? `${body.mediaType}; boundary=${boundary}` : contentType, bytes };
}

function contentTypeFor(headers: readonly NameValue[], body: SerialisedBody): string {
  return headers.find(([name]) => name.toLowerCase() === 'content-type')?.[1] ?? body.contentType;
}

function missingFixed(operation: Operation | undefined, planned: PlannedRequest): NameValue[] {
  const has = ([name, value]: readonly [string, string]) => planned.query.some(([other, text]) => other === name && text === value);
  return (operation?.fixedQuery ?? []).filter((pair) => !has(pair)).map(([name, value]) => [name, value]);
}

/** Header values are bytes: text beyond Latin-1 goes out as its UTF-8 bytes, one character each. */
function headerText(value: string): string {
  return /[^\u0000-\u00ff]/.test(value) ? Buffer.from(value, 'utf8').toString('latin1') : value;
}
