/**
 * Lets at most `width` tasks run at once, and one alone when it asks for that: a case that is sent again after a
 * broken answer must not share the target with others.
 */
export class Gate {
  readonly #width: number;
  #running = 0;
  #alone = false;
  readonly #waiting: { readonly alone: boolean; readonly start: () => void }[] = [];

  constructor(width: number) {
    this.#width = Math.max(1, width);
  }

  /** Runs the task when there is room. */
  async run<T>(task: () => Promise<T>, options: { readonly alone?: boolean } = {}): Promise<T> {
    const alone = options.alone ?? false;
    if (!alone && !this.#alone && this.#waiting.length === 0 && this.#running < this.#width) this.#running++;
    else await this.#enter(alone);
    try {
      return await task();
    } finally {
      this.#running--;
      if (alone) this.#alone = false;
      this.#next();
    }
  }

  #enter(alone: boolean): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#waiting.push({ alone, start: resolve });
    this.#next();
    return promise;
  }

  #next(): void {
    for (let first = this.#waiting[0]; first; first = this.#waiting[0]) {
      const room = !this.#alone && (first.alone ? this.#running === 0 : this.#running < this.#width);
      if (!room) return;
      this.#waiting.shift();
      this.#running++;
      this.#alone = first.alone;
      first.start();
    }
  }
}
