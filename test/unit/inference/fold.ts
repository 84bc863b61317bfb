import type { Json, JsonObject } from '../../../src/model/index.ts';

/**
 * Puts the chunks of a chat or completion stream together: texts join, arrays with an `index` merge by it, other arrays
 * append, anything else replaces what is null. The names `delta` and `message`, and the object's name, are the caller's business.
 */
export function foldChunks(chunks: readonly JsonObject[]): JsonObject {
  return chunks.reduce<JsonObject>((whole, chunk) => merge(whole, chunk) as JsonObject, {});
}

// These stand once in each chunk and say the same each time.
const constant = new Set([
  'id',
  'object',
  'created',
  'model',
  'service_tier',
  'system_fingerprint',
  'role',
  'type',
  'index',
  'finish_reason',
]);

function merge(whole: Json | undefined, piece: Json | undefined, name = ''): Json {
  if (piece === undefined || piece === null) return whole ?? null;
  if (whole === undefined || whole === null || constant.has(name)) return piece;
  if (typeof whole === 'string' && typeof piece === 'string') return whole + piece;
  if (Array.isArray(whole) && Array.isArray(piece)) return mergeLists(whole as Json[], piece as Json[]);
  if (isObject(whole) && isObject(piece)) {
    const names = [...new Set([...Object.keys(whole), ...Object.keys(piece)])];
    return Object.fromEntries(names.map((member) => [member, merge(whole[member], piece[member], member)]));
  }
  return piece;
}

function mergeLists(whole: readonly Json[], pieces: readonly Json[]): Json[] {
  const list = [...whole];
  for (const piece of pieces) {
    const index = isObject(piece) ? piece['index'] : undefined;
    const place = list.findIndex((entry) => isObject(entry) && index !== undefined && entry['index'] === index);
    if (place === -1) list.push(piece);
    else list[place] = merge(list[place], piece);
  }
  return list;
}

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The object without members that may differ between two runs: ids are replaced by their prefix, wherever they stand. */
export function withoutIds(value: Json): Json {
  if (typeof value === 'string')
    return value.replaceAll(/\b(chatcmpl-|cmpl-|call_|audio_|resp_|msg_|fc_|fs_|ws_|cu_|rs_)[0-9a-f]{20,}/gu, '$1');
  if (Array.isArray(value)) return (value as Json[]).map(withoutIds);
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, withoutIds(member)]));
}
