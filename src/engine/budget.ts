import type { Budget } from './options.ts';

/** Counts requests and time against the limits of a run. Pure but for the clock that it is given. */
export class Meter {
  #requests = 0;
  #stopped: 'requests' | 'time' | 'interrupt' | undefined;
  readonly #budget: Budget;
  readonly #now: () => number;
  readonly #started: number;

  constructor(budget: Budget, now: () => number) {
    this.#budget = budget;
    this.#now = now;
    this.#started = now();
  }

  get requests(): number {
    return this.#requests;
  }

  /** Which limit ended the run, if one did. */
  get stopped(): 'requests' | 'time' | 'interrupt' | undefined {
    return this.#stopped;
  }

  /** Whether another case may be started. */
  mayStart(): boolean {
    if (this.#stopped) return false;
    if (this.#requests >= this.#budget.maxRequests) this.#stopped = 'requests';
    else if (this.#now() - this.#started >= this.#budget.maxTimeMs) this.#stopped = 'time';
    return this.#stopped === undefined;
  }

  count(): void {
    this.#requests++;
  }

  interrupt(): void {
    this.#stopped ??= 'interrupt';
  }
}
