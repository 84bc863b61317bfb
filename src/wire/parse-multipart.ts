import type { NameValue } from '../model/index.ts';
import type { LimitName, WireLimits } from './limits.ts';
import { defaultLimits } from './limits.ts';
import { parametersOf, parseMediaType } from './media-type.ts';

/** One part of a multipart body as it came. */
export interface ParsedPart {
  readonly name: string;
  readonly filename?: string;
  /** As sent; absent means text/plain (RFC 7578, 4.4). */
  readonly contentType?: string;
  readonly headers: readonly NameValue[];
  readonly bytes: Uint8Array;
}

/** The parts of a multipart body, or why it is none. */
export type ParsedMultipart = { readonly parts: readonly ParsedPart[] } | { readonly problem: string; readonly limit?: LimitName };

const lineBreak = Buffer.from('\r\n');
const blankLine = Buffer.from('\r\n\r\n');

/**
 * Parses multipart/form-data strictly (RFC 2046, RFC 7578): a boundary is named, CRLF ends lines, the last delimiter is
 * there, every part is form-data with a name. Preamble and epilogue are passed over.
 */
export function parseMultipart(
  contentType: string,
  bytes: Uint8Array,
  limits: Pick<WireLimits, 'parts' | 'headerCount'> = defaultLimits,
): ParsedMultipart {
  const boundary = parseMediaType(contentType)?.parameters.get('boundary');
  if (boundary === undefined || boundary === '') return { problem: 'the content-type names no boundary' };
  if (boundary.length > 70) return { problem: 'the boundary is longer than 70 characters' };
  const body = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const delimiter = Buffer.from(`--${boundary}`, 'latin1');
  let at = firstDelimiter(body, delimiter);
  if (at < 0) return { problem: `the boundary "${boundary}" does not occur` };
  const parts: ParsedPart[] = [];
  for (;;) {
    at += delimiter.length;
    if (body[at] === 0x2d && body[at + 1] === 0x2d) return { parts };
    while (body[at] === 0x20 || body[at] === 0x09) at += 1;
    if (body[at] !== 0x0d || body[at + 1] !== 0x0a) return { problem: 'a delimiter is not followed by CRLF' };
    if (parts.length >= limits.parts) return { problem: `more than ${limits.parts} parts`, limit: 'parts' };
    const next = nextDelimiter(body, delimiter, at);
    if (next < 0) return { problem: 'the last delimiter is missing' };
    const part = partOf(body.subarray(at + 2, next), limits.headerCount);
    if ('problem' in part) return part;
    parts.push(part);
    at = next + lineBreak.length;
  }
}

function firstDelimiter(body: Buffer, delimiter: Buffer): number {
  if (body.subarray(0, delimiter.length).equals(delimiter)) return 0;
  const found = body.indexOf(Buffer.concat([lineBreak, delimiter]));
  return found < 0 ? -1 : found + lineBreak.length;
}

/** Place of the CRLF before the next delimiter; the CRLF of the line before it may be the same one. */
function nextDelimiter(body: Buffer, delimiter: Buffer, from: number): number {
  return body.indexOf(Buffer.concat([lineBreak, delimiter]), from);
}

function partOf(part: Buffer, headerCount: number): ParsedPart | { readonly problem: string; readonly limit?: LimitName } {
  const noHeaders = part.subarray(0, 2).equals(lineBreak);
  const end = noHeaders ? 0 : part.indexOf(blankLine);
  if (end < 0) return { problem: 'a part has no blank line after its headers' };
  const lines = part
    .toString('utf8', 0, end)
    .split('\r\n')
    .filter((line) => line !== '');
  if (lines.length > headerCount) return { problem: `more than ${headerCount} headers in a part`, limit: 'headerCount' };
  const headers: NameValue[] = [];
  for (const line of lines) {
    const colon = line.indexOf(':');
    if (colon <= 0) return { problem: `a part has the header line "${line}"` };
    headers.push([line.slice(0, colon), line.slice(colon + 1).trim()]);
  }
  const valueOf = (name: string) => headers.find(([other]) => other.toLowerCase() === name)?.[1];
  const disposition = valueOf('content-disposition');
  if (disposition === undefined || !/^form-data\s*(;|$)/i.test(disposition)) return { problem: 'a part is not form-data' };
  const parameters = new Map(parametersOf(disposition));
  const name = parameters.get('name');
  if (name === undefined) return { problem: 'a part has no name' };
  const filename = parameters.get('filename') ?? extended(/;\s*filename\*\s*=\s*([^;]+)/i.exec(disposition)?.[1]);
  const contentType = valueOf('content-type');
  return {
    name,
    ...(filename === undefined ? {} : { filename }),
    ...(contentType === undefined ? {} : { contentType }),
    headers,
    bytes: part.subarray(noHeaders ? 2 : end + blankLine.length),
  };
}

/** RFC 7578 forbids `filename*`; who sends it all the same means what RFC 8187 says. */
function extended(value: string | undefined): string | undefined {
  const match = /^utf-8'[^']*'(.*)$/i.exec(value?.trim() ?? '');
  if (match === null) return undefined;
  try {
    return decodeURIComponent(match[1] ?? '');
  } catch {
    return undefined;
  }
}
