import type { NameValue } from '../model/index.ts';

/** Values of a recording before anyone has looked at them: own members only, bytes where a format has them. */
export function memberOf(value: unknown, name: string): unknown {
  return isRecord(value) && Object.hasOwn(value, name) ? value[name] : undefined;
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Uint8Array);
}

export function textMember(value: unknown, name: string): string | undefined {
  const found = memberOf(value, name);
  if (found instanceof Uint8Array) return Buffer.from(found).toString('utf8');
  return typeof found === 'string' ? found : undefined;
}

export function numberMember(value: unknown, name: string): number | undefined {
  const found = memberOf(value, name);
  if (typeof found === 'number' && Number.isFinite(found)) return found;
  return typeof found === 'string' && /^\d+$/.test(found) ? Number(found) : undefined;
}

export function listMember(value: unknown, name: string): readonly unknown[] {
  const found = memberOf(value, name);
  return Array.isArray(found) ? found : [];
}

/** Headers in whatever form: `{name: value}`, `{name: [values]}`, `[{name, value}]`, `[[name, value]]`. `undefined` where there is none of it. */
export function headersOf(value: unknown): NameValue[] | undefined {
  const headers: NameValue[] = [];
  if (Array.isArray(value)) {
    for (const entry of value as readonly unknown[]) {
      if (Array.isArray(entry)) addHeader(headers, entry[0], entry[1]);
      else addHeader(headers, memberOf(entry, 'name'), memberOf(entry, 'value'));
    }
    return headers;
  }
  if (!isRecord(value)) return undefined;
  for (const [name, values] of Object.entries(value)) {
    for (const one of Array.isArray(values) ? (values as readonly unknown[]) : [values]) addHeader(headers, name, one);
  }
  return headers;
}

function addHeader(headers: NameValue[], name: unknown, value: unknown): void {
  // HTTP/2 pseudo headers (`:status`) are no header fields.
  if (typeof name !== 'string' || name === '' || name.startsWith(':') || value === null || value === undefined) return;
  headers.push([name, value instanceof Uint8Array ? Buffer.from(value).toString('latin1') : String(value as string | number)]);
}

/** A body as it was kept. A text stays one: bytes made of it would only be read as text again. */
export type RecordedBody = string | Uint8Array;

/** A body in whatever form: text, bytes, `base64:…`, or a value that the recorder parsed. */
export function bodyMember(value: unknown): RecordedBody | undefined {
  if (value === null || value === undefined) return undefined;
  if (value instanceof Uint8Array) return value;
  if (typeof value !== 'string') return jsonBytes(value);
  const packed = value.startsWith('base64:') ? /^base64:([A-Za-z0-9+/]+=*)$/.exec(value)?.[1] : undefined;
  if (packed !== undefined) return Buffer.from(packed, 'base64');
  // A half of a surrogate pair has no bytes; what stands for it then is no longer this text.
  return value.isWellFormed() ? value : Buffer.from(value, 'utf8');
}

/** The bytes of a body. */
export function bytesOf(body: RecordedBody): Uint8Array {
  return typeof body === 'string' ? Buffer.from(body, 'utf8') : body;
}

/** How many bytes a body has. */
export function sizeOf(body: RecordedBody | undefined): number {
  return typeof body === 'string' ? Buffer.byteLength(body, 'utf8') : (body?.length ?? 0);
}

/** Nodes of a parsed body at most: aliases in YAML can make few lines a huge tree. */
const nodesAtMost = 1_000_000;

function jsonBytes(value: unknown): Uint8Array | undefined {
  let nodes = 0;
  const tooMany = new Error('too many nodes');
  try {
    const text = JSON.stringify(value, (_, inner: unknown) => {
      nodes += 1;
      if (nodes > nodesAtMost) throw tooMany;
      return inner;
    });
    return Buffer.from(text, 'utf8');
  } catch {
    // Also where an alias runs in a circle: such a body was never JSON.
    return undefined;
  }
}

export function timeOf(value: unknown): number | undefined {
  const at = typeof value === 'string' ? Date.parse(value) : Number.NaN;
  return Number.isNaN(at) ? undefined : at;
}
