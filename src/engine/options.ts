import type { Contract, OperationClass, Pack, Phase } from '../model/index.ts';
import type { Baseline } from './baseline.ts';

/** Limits of one run; the defaults for a foreign target are DESIGN-given: 500 requests, 10 minutes. */
export interface Budget {
  /** Requests of every purpose, clean-up left out. */
  readonly maxRequests: number;
  /** Milliseconds from the first request. */
  readonly maxTimeMs: number;
}

/** How a target is reached and who it is. */
export interface Target {
  /** Base URL, with the path of the API and without a trailing slash. */
  readonly url: string;
  /** Our own reference server: everything is allowed. */
  readonly embedded: boolean;
  readonly apiKey?: string;
  /** Extra header fields for every request, in order. */
  readonly headers: readonly (readonly [string, string])[];
}

/** A part of the plan: shard `index` of `count`, 1-based. */
export interface Shard {
  readonly index: number;
  readonly count: number;
}

/** Everything that decides what a run does; the same options and seed give the same plan. */
export interface RunOptions {
  readonly contract: Contract;
  /** File or URL of the document, where it was not one of the pack's: a replay loads it again. */
  readonly spec?: string;
  /** Absent for a document without a pack. */
  readonly pack?: Pack;
  readonly target: Target;
  readonly seed: number;
  readonly phases: readonly Phase[];
  /** Patterns: operationId glob, `tag:X`, `path:/x/*`, `check:x`. */
  readonly only: readonly string[];
  readonly skip: readonly string[];
  readonly profile: string;
  readonly reading: string;
  /** Values of the run's bindings given by the user: `model`. */
  readonly given: ReadonlyMap<string, string>;
  readonly allow: ReadonlySet<OperationClass>;
  readonly budget: Budget;
  readonly concurrency: number;
  readonly propertyCases: number;
  readonly shard?: Shard;
  readonly maxLatencyMs?: number;
  readonly maxInconclusive: number;
  readonly failOn: 'fail' | 'warn';
  readonly baseline: Baseline;
  readonly timeouts: { readonly totalMs: number; readonly idleMs: number };
  readonly toolVersion: string;
  /** Environment variable that holds the API key, for messages. */
  readonly keyVariable: string;
}

/** What the user asked for cannot be done; the message says what was expected, what came and the next step. The command line ends with exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
