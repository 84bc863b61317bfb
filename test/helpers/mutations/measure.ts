import { openPassiveRun } from '../../../src/cli/passive-run.ts';
import type { LoadedContract } from '../../../src/cli/contract.ts';
import { readRecordings } from '../../../src/recordings/index.ts';
import { type BodyOptions, mutateBody, mutateEvents } from './bodies.ts';
import { type MutationOptions, mutateStream, withoutNumbers } from './streams.ts';

/** How many changes of one kind were made, could be seen, and were reported. */
export interface MutationCount {
  /** Streams or answers that were changed; those that are refused as they came are none. */
  readonly exchanges: number;
  readonly made: number;
  readonly visible: number;
  readonly reported: number;
  /** Reported although nothing forbids what came of it by the tester's own reckoning: rules that it does not know. */
  readonly more: number;
  /** Classes of visible changes that were not reported, with how many. */
  readonly missed: ReadonlyMap<string, number>;
}

type Writable = { -readonly [Name in keyof MutationCount]: MutationCount[Name] } & { missed: Map<string, number> };

interface Mutated {
  readonly kind: string;
  readonly isVisible: boolean;
  readonly isReported: boolean;
  readonly what: string;
}

export interface MeasureOptions extends MutationOptions, BodyOptions {
  /** For every exchange, whatever its host. */
  readonly reading: string;
}

/** Changes every exchange of the recordings in every way, judges each change as `check` does, and counts by kind. */
export async function measureMutations(
  files: readonly string[],
  loaded: LoadedContract,
  options: MeasureOptions,
): Promise<ReadonlyMap<string, MutationCount>> {
  const { judging } = openPassiveRun(loaded, { reading: options.reading }, { target: 'mutations', options: {} });
  const counts = new Map<string, Writable>();
  for await (const one of readRecordings(files)) {
    if (one.kind !== 'exchange') continue;
    const bare = withoutNumbers(one, judging);
    count(counts, ordered(mutateStream(one, judging, options), 'event'));
    if (bare !== undefined) count(counts, ordered(mutateStream(bare, judging, options), 'event without its number'));
    count(counts, await collected(mutateBody(one, judging, options), 'answer'));
    count(counts, await collected(mutateEvents(one, judging, options), 'event'));
  }
  return counts;
}

function* ordered(mutations: ReturnType<typeof mutateStream>, of: string): Generator<Mutated> {
  for (const { operationId, change, event, visible, reported } of mutations) {
    const kind = `${of} ${{ drop: 'dropped', repeat: 'repeated', move: 'moved' }[change.kind]}`;
    const why = visible?.replaceAll(/\d+/g, 'N') ?? '';
    yield { kind, isVisible: visible !== undefined, isReported: reported.length > 0, what: `${operationId} ${event}: ${why}` };
  }
}

async function collected(mutations: ReturnType<typeof mutateBody>, of: string): Promise<readonly Mutated[]> {
  const found: Mutated[] = [];
  for await (const { operationId, kind, event = '', at, visible, reported } of mutations) {
    const what = `${operationId} ${event} ${at.replaceAll(/\/\d+(?=\/|$)/g, '/*')}`;
    found.push({ kind: `${kind} in an ${of}`, isVisible: visible, isReported: reported.length > 0, what });
  }
  return found;
}

function count(counts: Map<string, Writable>, mutations: Iterable<Mutated>): void {
  const seen = new Set<string>();
  for (const { kind, isVisible, isReported, what } of mutations) {
    const entry = counts.get(kind) ?? { exchanges: 0, made: 0, visible: 0, reported: 0, more: 0, missed: new Map<string, number>() };
    counts.set(kind, entry);
    if (!seen.has(kind)) entry.exchanges += 1;
    seen.add(kind);
    entry.made += 1;
    if (isVisible) entry.visible += 1;
    if (isVisible && isReported) entry.reported += 1;
    if (!isVisible && isReported) entry.more += 1;
    if (isVisible && !isReported) entry.missed.set(what, (entry.missed.get(what) ?? 0) + 1);
  }
}
