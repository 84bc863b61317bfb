import type { Body } from '../model/index.ts';
import { bytesOf } from './body.ts';
import { parseMediaType } from './media-type.ts';

/** The text of a body in the charset of its content-type (UTF-8 where none is named), or why it has none. */
export function textOfBody(body: Body, contentType: string | undefined): { readonly text: string } | { readonly problem: string } {
  const charset = (contentType === undefined ? undefined : parseMediaType(contentType)?.parameters.get('charset'))?.toLowerCase();
  if (charset === undefined || charset === 'utf-8' || charset === 'utf8' || charset === 'us-ascii') {
    return body.text === undefined && body.size > 0 ? { problem: 'the body is not valid UTF-8' } : { text: withoutBom(body.text ?? '') };
  }
  try {
    return { text: new TextDecoder(charset, { fatal: true }).decode(bytesOf(body)) };
  } catch (error) {
    if (error instanceof RangeError) return { problem: `the charset "${charset}" is not known` };
    return { problem: `the body is not valid ${charset}` };
  }
}

/** RFC 8259, 8.1 lets a parser ignore a byte order mark. */
function withoutBom(text: string): string {
  return text.startsWith('\uFEFF') ? text.slice(1) : text;
}
