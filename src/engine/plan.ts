import type { Case, JsonObject, Operation, OperationClass, Phase } from '../model/index.ts';
import { costOf, forbiddenClasses } from './classes.ts';
import type { Shard } from './options.ts';

/** What the plan needs from the generators: lazy, deterministic lists of cases of one operation. */
export interface CaseSource {
  cases(operation: Operation, phase: Phase): Iterable<Case>;
}

/** Where the cases of a run come from. */
export interface RunSource extends CaseSource {
  /** The smallest valid case of an operation: its set-up, its control. */
  control(operation: Operation): Case | undefined;
  controlById(id: string): Case | undefined;
  /** The same mutation made of a smaller control, for a target that refused the planned one. */
  standIn(planned: Case): Case | undefined;
  /** Smaller forms of a failing case, those that lose the most first. */
  smaller(planned: Case): Iterable<Case>;
  /** Cells of the coverage table that have no case, each with its reason. */
  unplanned(operation: Operation): readonly JsonObject[];
}

/** Everything a run will try, in the order it will try it. Sends nothing. */
export interface Plan {
  readonly cases: readonly Case[];
  readonly skipped: readonly { readonly operationId: string; readonly why: string }[];
}

export interface PlanInput {
  readonly operations: readonly Operation[];
  readonly phases: readonly Phase[];
  readonly source: CaseSource;
  readonly classesOf: (operation: Operation) => readonly OperationClass[];
  readonly allow: ReadonlySet<OperationClass>;
  readonly shard?: Shard;
}

/**
 * Breadth first: one valid case of every operation, then one mutation of each kind, then depth, cheap
 * operations first within a round, so that any prefix is the best run of its size.
 */
export function makePlan(input: PlanInput): Plan {
  const skipped: { operationId: string; why: string }[] = [];
  const allowed = input.operations.filter((operation) => {
    const forbidden = forbiddenClasses(input.classesOf(operation), input.allow);
    if (forbidden.length > 0) skipped.push({ operationId: operation.id, why: `needs --allow ${forbidden.join(',')}` });
    return forbidden.length === 0;
  });
  const byCost = allowed.toSorted((a, b) => costOf(input.classesOf(a)) - costOf(input.classesOf(b)));
  const queues = byCost.map((operation) => queueOf(operation, input));
  const cases = [...rounds(queues)];
  const { shard } = input;
  return { cases: shard ? cases.filter((planned) => inShard(planned.id, shard)) : cases, skipped };
}

/** Cases of one operation, the widest first: the first valid one, the first of each kind of mutation, then the rest by phase. */
function queueOf(operation: Operation, input: PlanInput): Case[] {
  const all = input.phases.flatMap((phase) => [...input.source.cases(operation, phase)]);
  const firstValid = all.find((planned) => planned.mode === 'valid');
  const kinds = new Map<string, Case>();
  for (const planned of all) {
    if (planned.mutation && !kinds.has(planned.mutation.keyword)) kinds.set(planned.mutation.keyword, planned);
  }
  const first = [...(firstValid ? [firstValid] : []), ...kinds.values()];
  const seen = new Set(first);
  return [...first, ...all.filter((planned) => !seen.has(planned))];
}

function* rounds(queues: readonly (readonly Case[])[]): Iterable<Case> {
  const longest = Math.max(0, ...queues.map((queue) => queue.length));
  for (let round = 0; round < longest; round++) {
    for (const queue of queues) {
      const planned = queue[round];
      if (planned) yield planned;
    }
  }
}

function inShard(id: string, shard: Shard): boolean {
  return Number.parseInt(id.slice(0, 8), 16) % shard.count === shard.index - 1;
}
