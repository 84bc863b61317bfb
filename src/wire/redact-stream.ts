import { parseJson } from './limits.ts';
import type { Secret } from './secret.ts';

interface Leaf {
  readonly event: number;
  readonly value: string;
}

/** A piece of a secret at the edge of what was kept counts from this length on. */
const shortestPiece = 6;

/**
 * Masks secrets that are split over the events of a stream: the strings at one place of consecutive payloads are read as
 * one text. Payloads without a piece of a secret are returned as they are.
 */
export function redactFragments(payloads: readonly string[], secrets: readonly Secret[]): readonly string[] {
  if (secrets.length === 0 || payloads.length === 0) return payloads;
  const places = new Map<string, Leaf[]>();
  for (const [event, payload] of payloads.entries()) {
    const parsed = parseJson(payload);
    if ('value' in parsed) collect(parsed.value, '', event, places);
    else add(places, '', { event, value: payload });
  }
  const replaced = new Map<number, Map<string, string>>();
  for (const leaves of places.values()) {
    const text = leaves.map(({ value }) => value).join('');
    const masked = maskWithin(text, secrets);
    if (masked === text) continue;
    let from = 0;
    for (const { event, value } of leaves) {
      const piece = masked.slice(from, from + value.length);
      from += value.length;
      if (piece === value) continue;
      const own = replaced.get(event) ?? new Map<string, string>();
      replaced.set(event, own.set(value, piece));
    }
  }
  return payloads.map((payload, event) => {
    const own = replaced.get(event);
    return own === undefined ? payload : rewrite(payload, own);
  });
}

/** Masks whole secrets, and what can only be the beginning or the end of one that was cut off. */
export function maskWithin(text: string, secrets: readonly Secret[]): string {
  let result = text;
  for (const { text: secret, mask } of secrets) {
    result = result.replaceAll(secret, mask);
    for (let length = secret.length - 1; length >= shortestPiece; length -= 1) {
      if (result.endsWith(secret.slice(0, length))) result = result.slice(0, -length) + mask.slice(0, length);
      if (result.startsWith(secret.slice(-length))) result = mask.slice(-length) + result.slice(length);
    }
  }
  return result;
}

function rewrite(payload: string, pieces: ReadonlyMap<string, string>): string {
  const parsed = parseJson(payload);
  if (!('value' in parsed)) return pieces.get(payload) ?? payload;
  let result = payload;
  for (const [value, piece] of pieces) result = result.replaceAll(JSON.stringify(value), () => JSON.stringify(piece));
  // Written with escapes that we would not write: said again in our own spelling.
  if (result === payload)
    return JSON.stringify(parsed.value, (_, value: unknown) => (typeof value === 'string' ? (pieces.get(value) ?? value) : value));
  return result;
}

function collect(value: unknown, place: string, event: number, places: Map<string, Leaf[]>): void {
  if (typeof value === 'string') return add(places, place, { event, value });
  if (typeof value !== 'object' || value === null) return;
  // Two lists that grow in turns (choices, calls) tell their entries apart by an index.
  const index = Object.hasOwn(value, 'index') ? (value as { readonly index: unknown }).index : undefined;
  const here = typeof index === 'number' ? `${place}#${index}` : place;
  for (const [name, inner] of Object.entries(value)) collect(inner, `${here}/${name}`, event, places);
}

function add(places: Map<string, Leaf[]>, place: string, leaf: Leaf): void {
  const leaves = places.get(place);
  if (leaves === undefined) places.set(place, [leaf]);
  else leaves.push(leaf);
}
