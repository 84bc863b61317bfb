/** An exchange under way, and when it has taken too long. */
export interface Watched {
  /** When the whole exchange must have ended, by `performance.now()`. */
  totalAt: number;
  /** When the next byte must have come. */
  idleAt: number;
  late(limit: 'totalMs' | 'idleMs'): void;
}

/** Ends exchanges that take too long. */
export interface Watch {
  /** Looks at it from now on; `shortestMs` is the shorter of its limits. */
  add(watched: Watched, shortestMs: number): void;
  delete(watched: Watched): void;
  /** Milliseconds for which this process stood still since the watch began: what it waited for then may have come in time. */
  readonly stalledMs: number;
  close(): void;
}

/** A limit is kept to a twentieth of itself, looked for no more often and no less often than this. */
const everyMs = { least: 5, most: 500, share: 20 };

/** A timer that is later than this shows that the process stood still. */
const stallMs = 200;

/** One timer for all exchanges under way: two for each cost more than the rest of what is kept of it. */
export function createWatch(): Watch {
  const open = new Set<Watched>();
  let every = Number.POSITIVE_INFINITY;
  let timer: NodeJS.Timeout | undefined;
  let lastLook = 0;
  let stalledMs = 0;

  function look(): void {
    const now = performance.now();
    const late = now - lastLook - every;
    if (late > stallMs) stalledMs += late;
    lastLook = now;
    for (const watched of open) {
      if (now >= watched.totalAt) watched.late('totalMs');
      else if (now >= watched.idleAt) watched.late('idleMs');
    }
  }

  return {
    add(watched, shortestMs) {
      open.add(watched);
      const wanted = Math.min(everyMs.most, Math.max(everyMs.least, shortestMs / everyMs.share));
      if (wanted >= every) return;
      every = wanted;
      clearInterval(timer);
      lastLook = performance.now();
      timer = setInterval(look, every);
      // What is under way keeps the process alive by its socket.
      timer.unref();
    },
    delete: (watched) => void open.delete(watched),
    get stalledMs() {
      return stalledMs;
    },
    close: () => clearInterval(timer),
  };
}
