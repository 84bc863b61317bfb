import { createHash } from 'node:crypto';
import type { Part } from '../model/index.ts';

/** A multipart body and the boundary that its content-type must name. */
export interface SerialisedMultipart {
  readonly boundary: string;
  readonly bytes: Uint8Array;
}

/** Serialises parts as RFC 7578 wants them; the boundary follows from the content and occurs nowhere in it. */
export function serialiseMultipart(parts: readonly Part[], asked?: string): SerialisedMultipart {
  const contents = parts.map(contentOf);
  const boundary = asked ?? freeBoundary(contents);
  const pieces = parts.flatMap((part, index) => [
    Buffer.from(`--${boundary}\r\n${partHeaders(part)}\r\n`, 'utf8'),
    contents[index] ?? Buffer.alloc(0),
    Buffer.from('\r\n'),
  ]);
  return { boundary, bytes: Buffer.concat([...pieces, Buffer.from(`--${boundary}--\r\n`)]) };
}

function contentOf(part: Part): Buffer {
  return part.base64 === undefined ? Buffer.from(part.text ?? '', 'utf8') : Buffer.from(part.base64, 'base64');
}

function partHeaders(part: Part): string {
  const filename = part.filename === undefined ? '' : `; filename="${quoted(part.filename)}"`;
  // RFC 7578, 4.4: a part without content-type is text/plain; a file of unknown type is application/octet-stream.
  const contentType = part.contentType ?? (part.filename === undefined ? undefined : 'application/octet-stream');
  const lines = [
    `Content-Disposition: form-data; name="${quoted(part.name)}"${filename}`,
    ...(contentType === undefined ? [] : [`Content-Type: ${singleLine(contentType)}`]),
    ...(part.headers ?? []).map(([name, value]) => `${name}: ${singleLine(value)}`),
  ];
  return lines.map((line) => `${line}\r\n`).join('');
}

/** As browsers write names and filenames (HTML, "multipart form data"): quotes and line ends percent-encoded, no `filename*`. */
function quoted(text: string): string {
  return text.replaceAll('\r', '%0D').replaceAll('\n', '%0A').replaceAll('"', '%22');
}

function singleLine(text: string): string {
  return text.replaceAll(/[\r\n]+/g, ' ');
}

function freeBoundary(contents: readonly Buffer[]): string {
  const hash = createHash('sha256');
  for (const content of contents) hash.update(`${content.length}:`).update(content);
  const seed = hash.digest('hex').slice(0, 24);
  for (let attempt = 0; ; attempt += 1) {
    const boundary = `assay-${seed}${attempt === 0 ? '' : `-${attempt}`}`;
    if (contents.every((content) => !content.includes(`--${boundary}`))) return boundary;
  }
}
