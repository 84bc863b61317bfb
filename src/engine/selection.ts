import type { Contract, Operation } from '../model/index.ts';
import { UsageError } from './options.ts';

/** Which operations and checks a run is about. */
export interface Selection {
  readonly operations: readonly Operation[];
  readonly skipped: readonly { readonly operationId: string; readonly why: string }[];
  /** Check ids that alone may speak; absent means all. */
  readonly onlyChecks?: ReadonlySet<string>;
  readonly skipChecks: ReadonlySet<string>;
}

/**
 * Applies `--only` and `--skip` patterns: an operationId glob, `tag:X`, `path:/x/*` or `check:x`.
 * Refuses a pattern that matches nothing with a {@link UsageError} that names the nearest right one.
 */
export function select(contract: Contract, checkIds: readonly string[], only: readonly string[], skip: readonly string[]): Selection {
  const onlyChecks = checksOf(only, checkIds);
  const wanted = only.filter((pattern) => !pattern.startsWith('check:'));
  const unwanted = skip.filter((pattern) => !pattern.startsWith('check:'));
  const chosen = wanted.length === 0 ? contract.operations : contract.operations.filter(matchesAny(contract, wanted));
  const dropped = new Set(unwanted.length === 0 ? [] : contract.operations.filter(matchesAny(contract, unwanted)));
  const operations = chosen.filter((operation) => !dropped.has(operation));
  const kept = new Set(operations);
  const skipped = contract.operations
    .filter((operation) => !kept.has(operation))
    .map((operation) => ({ operationId: operation.id, why: dropped.has(operation) ? '--skip' : '--only' }));
  return {
    operations,
    skipped,
    skipChecks: new Set(checksOf(skip, checkIds)),
    ...(onlyChecks.length > 0 && { onlyChecks: new Set(onlyChecks) }),
  };
}

function checksOf(patterns: readonly string[], checkIds: readonly string[]): string[] {
  return patterns
    .filter((pattern) => pattern.startsWith('check:'))
    .flatMap((pattern) => {
      const found = checkIds.filter(matcher(pattern.slice('check:'.length)));
      if (found.length === 0) throw nothingMatches(pattern, checkIds, 'check:');
      return found;
    });
}

function matchesAny(contract: Contract, patterns: readonly string[]): (operation: Operation) => boolean {
  const tests = patterns.map((pattern) => {
    const test = operationTest(pattern);
    if (!contract.operations.some(test)) throw nothingMatches(pattern, namesFor(pattern, contract), prefixOf(pattern));
    return test;
  });
  return (operation) => tests.some((test) => test(operation));
}

function operationTest(pattern: string): (operation: Operation) => boolean {
  const prefix = prefixOf(pattern);
  const matches = matcher(pattern.slice(prefix.length));
  if (prefix === 'tag:') return (operation) => operation.tags.some(matches);
  if (prefix === 'path:') return (operation) => matches(operation.path);
  return (operation) => matches(operation.id);
}

function prefixOf(pattern: string): string {
  return /^(tag:|path:|check:)/.exec(pattern)?.[1] ?? '';
}

function namesFor(pattern: string, contract: Contract): readonly string[] {
  const prefix = prefixOf(pattern);
  if (prefix === 'tag:') return [...new Set(contract.operations.flatMap((operation) => operation.tags))];
  return contract.operations.map((operation) => (prefix === 'path:' ? operation.path : operation.id));
}

function nothingMatches(pattern: string, names: readonly string[], prefix: string): UsageError {
  const near = nearest(pattern.slice(prefix.length), names);
  return new UsageError(
    `The pattern "${pattern}" matches nothing.${near ? ` Did you mean "${prefix}${near}"?` : ''} \`list operations\` shows what there is.`,
  );
}

/** Globs come from packs, flags and baselines: few, and asked for again with every exchange. */
const matchers = new Map<string, (name: string) => boolean>();

/** Compiles a glob: `*` is any run of characters, `?` any one; the rest is literal and case-sensitive. */
export function matcher(glob: string): (name: string) => boolean {
  const known = matchers.get(glob);
  if (known) return known;
  const source = glob
    .replaceAll(/[.+^${}()|[\]\\]/g, String.raw`\$&`)
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  const expression = new RegExp(`^${source}$`, 's');
  const matches = (name: string): boolean => expression.test(name);
  matchers.set(glob, matches);
  return matches;
}

/** The name with the smallest edit distance, unless even that one is far away. */
export function nearest(word: string, names: readonly string[]): string | undefined {
  const lower = word.toLowerCase();
  const ranked = names
    .map((name) => ({ name, distance: editDistance(lower, name.toLowerCase()) }))
    .toSorted((a, b) => a.distance - b.distance);
  const best = ranked[0];
  return best && best.distance <= Math.max(2, Math.ceil(word.length / 3)) ? best.name : undefined;
}

function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const change = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(change, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
