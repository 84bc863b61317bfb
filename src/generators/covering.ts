/** A row of a covering array: the factors that are on. */
export type Row = readonly string[];

export interface Covering {
  readonly rows: readonly Row[];
  /** Pairs that no row can hold, with the reason of the last attempt: `a and b`, `a without b`, `neither a nor b`. */
  readonly impossible: readonly { readonly pair: string; readonly reason: string }[];
}

interface Pair {
  readonly left: number;
  readonly right: number;
  readonly leftOn: boolean;
  readonly rightOn: boolean;
}

// More candidates for each row make fewer rows, with little gain beyond these (AETG uses 50; the arrays here are small).
const candidatesPerRow = 8;

/** What a row turns out to be when a value is made of it: factors may bring others with them. */
export type Settled = { readonly row: Row } | { readonly problem: string };

/**
 * A 2-way covering array over factors that are on or off: every two factors meet in all four ways. Rows are found
 * greedily, each the best of a few candidates (AETG). `settle` says what becomes of a row; pairs that no row can hold
 * are told.
 */
export function coverPairs(factors: readonly string[], settle: (row: Row) => Settled): Covering {
  const open = new Map<string, Pair>();
  for (let left = 0; left < factors.length; left++) {
    for (let right = left + 1; right < factors.length; right++) {
      for (const leftOn of [true, false]) for (const rightOn of [true, false]) add({ left, right, leftOn, rightOn });
    }
  }
  const rows: Row[] = [];
  const impossible: { pair: string; reason: string }[] = [];
  for (let [pair] = open.values(); pair; [pair] = open.values()) {
    const row = bestRow(pair);
    const found = holds(row, pair) ?? smallerRow(pair);
    if (found) {
      cover(found.settled);
      rows.push(namesOf(found.asked));
    } else {
      open.delete(keyOf(pair));
      impossible.push({ pair: told(pair), reason: reasonOf(pair) });
    }
  }
  return { rows, impossible };

  /** The row and what it settles to, where that still holds the pair. */
  function holds(
    asked: readonly boolean[],
    { left, right, leftOn, rightOn }: Pair,
  ): { readonly asked: boolean[]; readonly settled: boolean[] } | undefined {
    const outcome = settle(namesOf(asked));
    if ('problem' in outcome) return undefined;
    const settled = factors.map((name) => outcome.row.includes(name));
    return settled[left] === leftOn && settled[right] === rightOn ? { asked: [...asked], settled } : undefined;
  }

  function reasonOf(pair: Pair): string {
    const outcome = settle(namesOf(bare(pair)));
    return 'problem' in outcome ? outcome.problem : `what is sent then has ${outcome.row.join(', ') || 'none of them'}`;
  }

  function add(pair: Pair): void {
    open.set(keyOf(pair), pair);
  }

  function bestRow(seed: Pair): boolean[] {
    let best: { readonly row: boolean[]; readonly gain: number } | undefined;
    for (let shift = 0; shift < candidatesPerRow; shift++) {
      const row = candidate(seed, Math.floor((shift * factors.length) / candidatesPerRow));
      const gain = gainOf(row);
      if (!best || gain > best.gain) best = { row, gain };
    }
    return best?.row ?? bare(seed);
  }

  /** Sets the factors one after the other, each to the value that covers more open pairs with those already set. */
  function candidate(seed: Pair, shift: number): boolean[] {
    const row: (boolean | undefined)[] = factors.map(() => undefined);
    row[seed.left] = seed.leftOn;
    row[seed.right] = seed.rightOn;
    for (let step = 0; step < factors.length; step++) {
      const index = (step + shift) % factors.length;
      if (row[index] === undefined) row[index] = gainAt(row, index, true) >= gainAt(row, index, false);
    }
    return row.map((on) => on === true);
  }

  function gainAt(row: readonly (boolean | undefined)[], index: number, on: boolean): number {
    let gain = 0;
    for (const [other, otherOn] of row.entries()) {
      if (otherOn === undefined || other === index) continue;
      const pair =
        other < index
          ? { left: other, right: index, leftOn: otherOn, rightOn: on }
          : { left: index, right: other, leftOn: on, rightOn: otherOn };
      if (open.has(keyOf(pair))) gain += 1;
    }
    return gain;
  }

  function gainOf(row: readonly boolean[]): number {
    let gain = 0;
    for (const index of row.keys()) gain += gainAt(row.slice(0, index + 1), index, row[index] ?? false);
    return gain;
  }

  /** The pair alone, then every factor that can join it. */
  function smallerRow(pair: Pair): ReturnType<typeof holds> {
    let best = holds(bare(pair), pair);
    for (let index = 0; best && index < factors.length; index++) {
      if (best.settled[index] || index === pair.left || index === pair.right || gainAt(best.settled, index, true) === 0) continue;
      best = holds(best.asked.with(index, true), pair) ?? best;
    }
    return best;
  }

  function bare(pair: Pair): boolean[] {
    return factors.map((_, index) => (index === pair.left && pair.leftOn) || (index === pair.right && pair.rightOn));
  }

  function cover(row: readonly boolean[]): void {
    for (const [key, { left, right, leftOn, rightOn }] of open) if (row[left] === leftOn && row[right] === rightOn) open.delete(key);
  }

  function namesOf(row: readonly boolean[]): Row {
    return factors.filter((_, index) => row[index]);
  }

  function told({ left, right, leftOn, rightOn }: Pair): string {
    const [a, b] = [factors[left], factors[right]];
    if (leftOn && rightOn) return `${a} and ${b}`;
    if (!leftOn && !rightOn) return `neither ${a} nor ${b}`;
    return leftOn ? `${a} without ${b}` : `${b} without ${a}`;
  }
}

function keyOf({ left, right, leftOn, rightOn }: Pair): string {
  return `${left} ${right} ${leftOn} ${rightOn}`;
}
