/** A resource that this run knows: made by it, or found in a list. */
export interface LedgerEntry {
  readonly family: string;
  readonly id: string;
  /** Values of all slots that name it and its parents: `thread.id`, `message.id`. */
  readonly context: ReadonlyMap<string, string>;
  /** Found in the target's own data: may be read, never changed or deleted on a foreign target. */
  readonly found: boolean;
  /** Set on removal, ours or the target's doing. */
  gone: boolean;
  /** Kept for the one case that asked for a fresh one. */
  readonly reserved: boolean;
}

/** Whether a resource and its ancestors are those already chosen for a request, as far as any are. */
export function agrees(entry: LedgerEntry, within: ReadonlyMap<string, string>): boolean {
  return [...entry.context].every(([slot, value]) => within.get(slot) === undefined || within.get(slot) === value);
}

/** What this run created or found, in order of appearance. Changes and deletes go to these ids only. */
export class Ledger {
  readonly #entries: LedgerEntry[] = [];
  /** By family and id. An id names one resource only below its parents: a user belongs to several projects. */
  readonly #byId = new Map<string, LedgerEntry[]>();
  /** What a run of many cases asks for with each of them: by family what may be shared, and by slot value what hangs on it. */
  readonly #shared = new Map<string, Set<LedgerEntry>>();
  readonly #hanging = new Map<string, Set<LedgerEntry>>();

  add(entry: Omit<LedgerEntry, 'gone'>): LedgerEntry {
    const known = this.get(entry.family, entry.id, entry.context);
    if (known && !known.gone) return known;
    const added: LedgerEntry = { ...entry, gone: false };
    this.#entries.push(added);
    // What came again under a known id stands before what is gone.
    const sameId = this.#byId.get(key(entry.family, entry.id)) ?? [];
    this.#byId.set(key(entry.family, entry.id), [added, ...sameId]);
    if (!added.reserved) addTo(this.#shared, added.family, added);
    for (const [slot, value] of added.context) addTo(this.#hanging, key(slot, value), added);
    return added;
  }

  /** A resource to share whose parents agree with `within`, the values already chosen for the same request. */
  find(family: string, within: ReadonlyMap<string, string>): LedgerEntry | undefined {
    for (const entry of this.#shared.get(family) ?? []) {
      if (agrees(entry, within)) return entry;
    }
    return undefined;
  }

  /** The resource of that id whose parents agree with `within`, gone or not. */
  get(family: string, id: string, within: ReadonlyMap<string, string>): LedgerEntry | undefined {
    return this.#byId.get(key(family, id))?.find((entry) => agrees(entry, within));
  }

  /** Marks what is gone, and everything below it. */
  remove(family: string, id: string, within: ReadonlyMap<string, string>): void {
    const hanging = this.#hanging.get(key(`${family}.id`, id));
    for (const entry of hanging ?? []) {
      if (!agrees(entry, within)) continue;
      entry.gone = true;
      hanging?.delete(entry);
      this.#shared.get(entry.family)?.delete(entry);
    }
  }

  /** What clean-up has to remove, the youngest first, so that children go before their parents. */
  leftovers(): LedgerEntry[] {
    return this.#entries.filter((entry) => !entry.gone && !entry.found).toReversed();
  }
}

function addTo(sets: Map<string, Set<LedgerEntry>>, name: string, entry: LedgerEntry): void {
  const known = sets.get(name);
  if (known) known.add(entry);
  else sets.set(name, new Set([entry]));
}

function key(family: string, id: string): string {
  return JSON.stringify([family, id]);
}
