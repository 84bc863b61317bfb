import type { Assertion, GrammarPath } from '../model/index.ts';
import type { Instance } from './instance.ts';
import { taint } from './instance.ts';
import type { Condition, Scope } from './tests.ts';
import { compileTest } from './tests.ts';

/** What a violation says beside its rule. */
export interface Told {
  readonly instance?: Instance | undefined;
  /** Dotted, in the payload. */
  readonly at?: string | undefined;
  readonly expected?: string | undefined;
  readonly actual?: unknown;
  readonly eventIndex?: number | undefined;
}

/** The state of one judgement, as steps, entities and ops see it. */
export interface Run extends Scope {
  /** A resumed stream: what came before is unknown. */
  readonly partial: boolean;
  /** Off once an event could not be read: what it held is unknown, so folds cannot be compared. */
  compares: boolean;
  /** Where the subject stands in the payload. */
  place: string;
  /** Members that no comparison looks at. */
  readonly ignore: ReadonlySet<string>;
  report(rule: string, told: Told): void;
}

export interface CompiledAssertion {
  readonly source: Assertion;
  readonly when: Condition | undefined;
  readonly that: Condition | undefined;
}

export function compileAssertions(assertions: readonly Assertion[] = []): readonly CompiledAssertion[] {
  return assertions.map((source) => ({
    source,
    when: source.when && compileTest(source.when),
    that: source.that && compileTest(source.that),
  }));
}

/** Makes the assertions of one moment; false where one that stops was broken. */
export function makeAssertions(run: Run, assertions: readonly CompiledAssertion[], read?: (path: GrammarPath) => unknown): boolean {
  let readable = true;
  for (const { source, when, that } of assertions) {
    if (when !== undefined && !when(run)) continue;
    if (that?.(run) === true) continue;
    const marked = source.markedBy === undefined ? undefined : run.root.marks.get(source.markedBy);
    run.report(source.rule, {
      instance: run.self,
      at: placeOf(run, source.at),
      expected: source.expected,
      actual: source.at === undefined ? undefined : (read ?? ((path) => readDotted(run.subject, path)))(source.at),
      eventIndex: marked,
    });
    if (source.stop === true) readable = false;
  }
  return readable;
}

/** A violation that makes the text of the entity worthless for comparison. */
export function reportAndTaint(run: Run, rule: string | undefined, told: Told & { readonly instance: Instance }): void {
  if (rule !== undefined) run.report(rule, told);
  taint(told.instance);
  taintChildren(told.instance);
}

/** The piece that went astray may have been meant for any of the open children. */
function taintChildren(instance: Instance): void {
  for (const family of instance.families.values()) {
    for (const child of family.open) {
      child.tainted = true;
      taintChildren(child);
    }
  }
}

export function placeOf(run: Run, at: GrammarPath | undefined): string | undefined {
  if (at === undefined) return run.place === '' ? undefined : run.place;
  if (at.startsWith('$.')) return at.slice(2);
  return run.place === '' ? at : at === '' ? run.place : `${run.place}.${at}`;
}

function readDotted(value: unknown, path: GrammarPath): unknown {
  let found = value;
  for (const token of path.replace(/^\$\./, '').split('.')) {
    if (typeof found !== 'object' || found === null) return undefined;
    if (token !== '') found = (found as Readonly<Record<string, unknown>>)[token];
  }
  return found;
}
