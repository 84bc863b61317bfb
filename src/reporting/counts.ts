import { type Status, type Verdict, verdictOrder } from '../model/index.ts';
import type { Spread, VerdictCounts } from './report.ts';

/** Counts of every verdict, each 0. */
export function noVerdicts(): Record<Verdict, number> {
  return { fail: 0, error: 0, warn: 0, inconclusive: 0, unsupported: 0, pass: 0 };
}

/** The verdict that a status of one check gives; a note changes nothing. */
export function verdictOf(status: Status): Verdict {
  return status === 'note' ? 'pass' : status;
}

/** The first of the two in the order of verdicts. */
export function worse(left: Verdict | undefined, right: Verdict): Verdict {
  return left === undefined || verdictOrder.indexOf(right) < verdictOrder.indexOf(left) ? right : left;
}

/** The first verdict that occurs in the counts; `inconclusive` where nothing was tried. */
export function worstOf(counts: VerdictCounts): Verdict {
  return verdictOrder.find((verdict) => counts[verdict] > 0) ?? 'inconclusive';
}

/** Counts by name that stay small whatever a target sends: names past the limit are counted together. */
export class Tally {
  readonly #counts = new Map<string, number>();
  readonly #limit: number;

  constructor(limit = 100) {
    this.#limit = limit;
  }

  add(name: string, by = 1): void {
    const known = this.#counts.has(name) || this.#counts.size < this.#limit ? name : '(others)';
    this.#counts.set(known, (this.#counts.get(known) ?? 0) + by);
  }

  entries(): (readonly [string, number])[] {
    return [...this.#counts].toSorted(([left], [right]) => (left < right ? -1 : Number(left > right)));
  }
}

/** Enough for a steady median, few enough for a million requests. */
const spreadSample = 1_000;

/** Collects durations; keeps the first 1,000 for median and percentile, and exact ends. */
export class Durations {
  readonly #sample: number[] = [];
  #count = 0;
  #min = Number.POSITIVE_INFINITY;
  #max = 0;

  add(ms: number): void {
    this.#count++;
    this.#min = Math.min(this.#min, ms);
    this.#max = Math.max(this.#max, ms);
    if (this.#sample.length < spreadSample) this.#sample.push(ms);
  }

  spread(): Spread | undefined {
    if (this.#count === 0) return undefined;
    const sorted = this.#sample.toSorted((left, right) => left - right);
    const at = (share: number) => rounded(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0);
    return { count: this.#count, min: rounded(this.#min), median: at(0.5), p95: at(0.95), max: rounded(this.#max) };
  }
}

function rounded(ms: number): number {
  return Math.round(ms * 10) / 10;
}
