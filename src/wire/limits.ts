import type { Json } from '../model/index.ts';

/** What a response, a recording or a form may not exceed. Every limit has a name that a finding can quote. */
export interface WireLimits {
  /** Depth of arrays and objects in a JSON text. */
  readonly nesting: number;
  readonly headerCount: number;
  readonly headerBytes: number;
  /** Bytes of a body as sent. */
  readonly bodyBytes: number;
  /** Bytes of a body after its content coding was removed. */
  readonly unpackedBytes: number;
  /** Unpacked bytes per packed byte; counts from 1 MB of unpacked bytes on. */
  readonly unpackedRatio: number;
  readonly eventBytes: number;
  readonly events: number;
  readonly parts: number;
  readonly pairs: number;
}

export type LimitName = keyof WireLimits;

const megabyte = 1024 * 1024;

/** The limits of the tool where the user sets none. */
export const defaultLimits: WireLimits = {
  nesting: 64,
  headerCount: 200,
  headerBytes: 64 * 1024,
  bodyBytes: 64 * megabyte,
  unpackedBytes: 64 * megabyte,
  unpackedRatio: 200,
  eventBytes: 8 * megabyte,
  events: 1_000_000,
  parts: 1_000,
  pairs: 10_000,
};

/** A limit was passed: `limit` is its name. */
export class LimitExceeded extends Error {
  readonly limit: LimitName;
  constructor(limit: LimitName, allowed: number) {
    super(`The limit ${limit} of ${allowed} was passed`);
    this.name = 'LimitExceeded';
    this.limit = limit;
  }
}

/** A JSON text as a value, or the reason why it is none. */
export type ParsedJson = { readonly value: Json } | { readonly problem: string; readonly limit?: LimitName };

/** Parses a JSON text after its nesting was found to be within the limit, so that no text can exhaust the stack. */
export function parseJson(text: string, limits: Pick<WireLimits, 'nesting'> = defaultLimits): ParsedJson {
  if (nestsDeeper(text, limits.nesting)) {
    return { problem: `nested deeper than ${limits.nesting} (limit nesting)`, limit: 'nesting' };
  }
  try {
    return { value: JSON.parse(text) as Json };
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error) };
  }
}

function nestsDeeper(text: string, allowed: number): boolean {
  // Most texts hold too few brackets to nest too deep: two searches by the engine are cheaper than a loop over all characters.
  if (countUpTo(text, allowed) <= allowed) return false;
  let depth = 0;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code === 0x22) index = stringEnd(text, index);
    else if (code === 0x7b || code === 0x5b) {
      depth += 1;
      if (depth > allowed) return true;
    } else if (code === 0x7d || code === 0x5d) depth -= 1;
  }
  return false;
}

function countUpTo(text: string, most: number): number {
  let count = 0;
  for (const bracket of ['{', '[']) {
    for (let at = text.indexOf(bracket); at >= 0 && count <= most; at = text.indexOf(bracket, at + 1)) count += 1;
  }
  return count;
}

function stringEnd(text: string, from: number): number {
  let at = from;
  for (;;) {
    at = text.indexOf('"', at + 1);
    if (at < 0) return text.length;
    let slashes = 0;
    while (text.charCodeAt(at - 1 - slashes) === 0x5c) slashes += 1;
    if (slashes % 2 === 0) return at;
  }
}
