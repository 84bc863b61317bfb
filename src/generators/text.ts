import { sample, stringMatching } from 'fast-check';
import { formats } from './formats/index.ts';
import type { Limits } from './shape.ts';

/** A pattern with `u`, as JSON Schema wants it, else without; `undefined` where it is no regular expression. */
export function regexOf(pattern: string): RegExp | undefined {
  if (!compiled.has(pattern)) compiled.set(pattern, compile(pattern));
  return compiled.get(pattern);
}

/** The patterns of a document: asked for with every text. */
const compiled = new Map<string, RegExp | undefined>();

function compile(pattern: string): RegExp | undefined {
  for (const flags of ['u', '']) {
    try {
      return new RegExp(pattern, flags);
    } catch {
      continue;
    }
  }
  return undefined;
}

/** Length as JSON Schema counts it: in code points. */
export function lengthOf(text: string): number {
  let length = 0;
  for (const _ of text) length += 1;
  return length;
}

/** Whether the string keeps every limit on strings that can be decided here (formats by their own file). */
export function textFits(limits: Limits, text: string): boolean {
  const length = lengthOf(text);
  return (
    length >= limits.minLength &&
    length <= limits.maxLength &&
    limits.patterns.every((pattern) => regexOf(pattern)?.test(text) ?? true) &&
    (limits.format === undefined || (formats.get(limits.format)?.accepts(text) ?? true)) &&
    limits.excluded.every((excluded) => excluded !== text)
  );
}

/**
 * A plain readable string within the limits: the hint, cut or repeated to length, or what the format or pattern asks
 * for. `nth` gives other strings for arrays of unique entries. `undefined` where none is found.
 */
export function plainText(limits: Limits, hint: string, nth = 0): string | undefined {
  for (const text of candidates(limits, hint, nth)) if (textFits(limits, text)) return text;
  return undefined;
}

/** A string of exactly that many code points within the other limits, `undefined` where none is found. */
export function textOfLength(limits: Limits, hint: string, length: number): string | undefined {
  const exact = { ...limits, minLength: length, maxLength: length };
  if (length > 100_000) return undefined;
  for (const text of candidates(exact, hint, 0)) if (textFits(exact, text)) return text;
  return undefined;
}

/** The first nearly always fits. */
function* candidates(limits: Limits, hint: string, nth: number): Iterable<string> {
  const word = hint.replaceAll(/[^A-Za-z0-9]+/g, ' ').trim() || 'text';
  const plain = nth === 0 ? word : `${word} ${nth + 1}`;
  const format = limits.format === undefined ? undefined : formats.get(limits.format);
  if (format) {
    yield* format.samples.slice(nth);
    yield* format.samples;
  }
  yield fitted(plain, limits);
  yield fitted(plain.replaceAll(' ', '-'), limits);
  yield fitted(String(nth + 1), limits);
  yield fitted('AB', limits);
  if (limits.patterns.length > 0) yield* matching(limits, nth);
}

function fitted(text: string, limits: Limits): string {
  const most = Math.min(limits.maxLength, Math.max(limits.minLength, text.length));
  if (text.length > most)
    return (
      text
        .slice(text.length - most)
        .trim()
        .padEnd(Math.min(limits.minLength, most), 'x') || 'x'.repeat(most)
    );
  return text.length < limits.minLength ? text.padEnd(Math.min(limits.minLength, 100_000), 'x') : text;
}

const matched = new Map<string, readonly string[]>();

/** Strings that match the first pattern, the shortest first; drawn once with a fixed seed, so always the same. */
function matching(limits: Limits, nth: number): string[] {
  const pattern = limits.patterns[0] ?? '';
  const key = `${pattern}\u0000${limits.minLength}\u0000${limits.maxLength}`;
  let samples = matched.get(key);
  if (!samples) {
    samples = drawn(pattern, limits);
    matched.set(key, samples);
  }
  return [...samples.slice(nth), ...samples];
}

function drawn(pattern: string, limits: Limits): string[] {
  const regex = regexOf(pattern);
  if (!regex) return [];
  try {
    const arbitrary = stringMatching(regex, Number.isFinite(limits.maxLength) ? { maxLength: limits.maxLength } : {});
    const samples = sample(arbitrary, { seed: 1, numRuns: 60 });
    const tidy = [...new Set(samples)].filter((text) => /^[\x20-\x7e]*$/.test(text) && lengthOf(text) >= limits.minLength);
    return tidy.toSorted((a, b) => a.length - b.length || (a < b ? -1 : 1));
  } catch {
    return [];
  }
}
