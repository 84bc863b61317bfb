/** One finding that the target's owner knows; may be narrowed to one operation. */
export interface BaselineEntry {
  readonly fingerprint: string;
  readonly reason: string;
  readonly operation?: string;
}

/** The known findings of a target. Remembers which of them were seen, so that stale entries are named. */
export class Baseline {
  readonly file: string;
  readonly #entries = new Map<string, BaselineEntry[]>();
  readonly #seen = new Set<BaselineEntry>();

  constructor(file: string, entries: readonly BaselineEntry[]) {
    this.file = file;
    for (const entry of entries) this.#entries.set(entry.fingerprint, [...(this.#entries.get(entry.fingerprint) ?? []), entry]);
  }

  get size(): number {
    return this.#entries.size;
  }

  /** The reason of the entries that know the finding for all of these operations; `undefined` where one operation is new. */
  known(fingerprint: string, operationIds: readonly string[]): string | undefined {
    const entries = this.#entries.get(fingerprint) ?? [];
    const knowing = operationIds.map((id) => entries.find((entry) => entry.operation === undefined || entry.operation === id));
    for (const entry of knowing) if (entry) this.#seen.add(entry);
    return knowing.includes(undefined) ? undefined : knowing[0]?.reason;
  }

  /** Entries that matched nothing so far, in words. */
  gone(): string[] {
    const entries = [...this.#entries.values()].flat().filter((entry) => !this.#seen.has(entry));
    return entries.map(
      (entry) =>
        `The baseline entry ${entry.fingerprint}${entry.operation ? ` of ${entry.operation}` : ''} (${entry.reason}) matched nothing: remove it.`,
    );
  }
}
