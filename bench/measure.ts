/** A figure of one run of the bench, with the bound it is held against; bounds are for people, not for tests. */
export interface Figure {
  readonly name: string;
  readonly value: number;
  readonly unit: 'ratio' | 'ms' | 's' | 'per second' | 'MB';
  /** What the project wants: at least or at most. */
  readonly wanted?: { readonly atLeast: number } | { readonly atMost: number };
  readonly note?: string;
}

/** Median of an odd number of runs; each run is given its index. */
export async function median(runs: number, measure: (index: number) => Promise<number> | number): Promise<number> {
  const values: number[] = [];
  for (let index = 0; index < runs; index++) values.push(await measure(index));
  values.sort((a, b) => a - b);
  return values[Math.floor(values.length / 2)] ?? Number.NaN;
}

/** Milliseconds that a task takes. */
export async function timed(task: () => unknown): Promise<number> {
  const start = performance.now();
  await task();
  return performance.now() - start;
}

/** What a task took on the clock, and of the processor on this thread: on a busy machine only the second says what it costs. */
export interface Spent {
  readonly ms: number;
  readonly cpuMs: number;
}

/** Runs a task and says what it took. */
export async function spent(task: () => unknown): Promise<Spent> {
  const before = process.threadCpuUsage();
  const ms = await timed(task);
  const { user, system } = process.threadCpuUsage(before);
  return { ms, cpuMs: (user + system) / 1000 };
}

/** Two tasks of one run, compared round by round. */
export interface Compared {
  /** Median over the rounds of what the first took, divided by what the second took right after it. */
  readonly ratio: Spent;
  /** The least milliseconds of each: other work of the machine only ever slows one down. */
  readonly first: number;
  readonly second: number;
}

/** Lets two tasks take turns, so that what else the machine does slows both; the first round, in which code gets warm, does not count. */
export async function compared(rounds: number, first: () => unknown, second: () => unknown): Promise<Compared> {
  const firsts: Spent[] = [];
  const seconds: Spent[] = [];
  for (let round = 0; round <= rounds; round++) {
    firsts.push(await spent(first));
    seconds.push(await spent(second));
  }
  const ratio = (of: keyof Spent): Promise<number> =>
    median(rounds, (round) => (firsts[round + 1]?.[of] ?? 0) / (seconds[round + 1]?.[of] ?? 1));
  return {
    ratio: { ms: await ratio('ms'), cpuMs: await ratio('cpuMs') },
    first: Math.min(...firsts.map(({ ms }) => ms)),
    second: Math.min(...seconds.map(({ ms }) => ms)),
  };
}

/** One line of the table: the figure, what is wanted, and whether it is met. */
export function lineOf(figure: Figure): string {
  const value = figure.unit === 'ratio' ? figure.value.toFixed(2) : figure.value.toFixed(figure.value < 10 ? 2 : 0);
  const wanted =
    figure.wanted === undefined
      ? ''
      : 'atLeast' in figure.wanted
        ? `wanted >= ${figure.wanted.atLeast}`
        : `wanted <= ${figure.wanted.atMost}`;
  const met =
    figure.wanted === undefined ||
    ('atLeast' in figure.wanted ? figure.value >= figure.wanted.atLeast : figure.value <= figure.wanted.atMost);
  return [figure.name.padEnd(64), `${value} ${figure.unit}`.padEnd(20), wanted.padEnd(16), met ? '' : 'MISSED', figure.note ?? '']
    .join(' ')
    .trimEnd();
}
