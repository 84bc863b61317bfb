import { isUtf8 } from 'node:buffer';
import type { Body } from '../model/index.ts';

/** Bytes in the form a journal holds: text where they are valid UTF-8 (a byte order mark stays), else base64. */
export function bodyOf(bytes: Uint8Array, truncated = false): Body {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const content = isUtf8(buffer) ? { text: buffer.toString('utf8') } : { base64: buffer.toString('base64') };
  return { size: bytes.length, ...content, ...(truncated ? { truncated } : {}) };
}

/** The bytes that a body was made from, as far as they were kept. */
export function bytesOf(body: Body | undefined): Uint8Array {
  if (body?.text !== undefined) return Buffer.from(body.text, 'utf8');
  if (body?.base64 !== undefined) return Buffer.from(body.base64, 'base64');
  return new Uint8Array();
}
