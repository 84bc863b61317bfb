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
  if (Array.isArray(value)) return value.flatMap(headerEntry);
  if (!isRecord(value)) return undefined;
  return Object.entries(value).flatMap(([name, values]) =>
    (Array.isArray(values) ? values : [values]).flatMap((one): NameValue[] => headerPair(name, one)),
  );
}

function headerEntry(entry: unknown): NameValue[] {
  if (Array.isArray(entry)) return headerPair(entry[0], entry[1]);
  return headerPair(memberOf(entry, 'name'), memberOf(entry, 'value'));
}

function headerPair(name: unknown, value: unknown): NameValue[] {
  // HTTP/2 pseudo headers (`:status`) are no header fields.
  if (typeof name !== 'string' || name === '' || name.startsWith(':') || value === null || value === undefined) return [];
  return [[name, value instanceof Uint8Array ? Buffer.from(value).toString('latin1') : String(value as string | number)]];
}

/** A body in whatever form: text, bytes, `base64:…`, or a value that the recorder parsed. */
export function bytesMember(value: unknown): Uint8Array | undefined {
  if (value === null || value === undefined) return undefined;
  if (value instanceof Uint8Array) return value;
  if (typeof value !== 'string') return jsonBytes(value);
  const packed = /^base64:([A-Za-z0-9+/]+=*)$/.exec(value)?.[1];
  return packed === undefined ? Buffer.from(value, 'utf8') : Buffer.from(packed, 'base64');
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
