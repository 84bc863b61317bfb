import type { Assertion, GrammarPath, Test } from '../model/index.ts';
import type { Instance } from './instance.ts';
import { taint } from './instance.ts';
import type { Scope } from './tests.ts';
import { helpers, sourceOfTest, valueIn } from './tests.ts';

/** What a violation says beside its rule. */
export interface Told {
  readonly instance?: Instance | undefined;
  /** Dotted, in the payload. */
  readonly at?: string | undefined;
  readonly expected?: string | undefined;
  readonly actual?: unknown;
  readonly eventIndex?: number | undefined;
  /** That something stands at the place is wrong; what stands there is judged all the same. */
  readonly misplaced?: true;
  /** Tells faults of one rule apart; else the kind of what came does. */
  readonly of?: string;
}

/** The state of one judgement, as steps, entities and ops see it. */
export interface Run extends Scope {
  /** A resumed stream: what came before is unknown. */
  readonly partial: boolean;
  /** Off once an event could not be read: what it held is unknown, so folds cannot be compared. */
  compares: boolean;
  /** An event could not be read: it may have been any that is missed later, and may have opened anything. */
  unread: boolean;
  /** Where the subject stands in the payload: member names and indexes. */
  readonly place: (string | number)[];
  /** Members that no comparison looks at. */
  readonly ignore: ReadonlySet<string>;
  report(rule: string, told: Told): void;
}

/** Makes the assertions of one moment; false where one that stops was broken. */
export type Assertions = (run: Run) => boolean;

const nothing: Assertions = () => true;

/** Turns the assertions of one moment into one function, once per grammar. */
export function compileAssertions(assertions: readonly Assertion[] = []): Assertions {
  if (assertions.length === 0) return nothing;
  const lines = assertions.map(({ when, that, stop }, index) => {
    const broken = [...(when === undefined ? [] : [sourceOfTest(when)]), ...(that === undefined ? [] : [brokenSource(that)])];
    return `if (${broken.join(' && ') || 'true'}) { tell(s, list[${index}]);${stop === true ? ' readable = false;' : ''} }`;
  });
  const make = new Function('h', 'tell', 'list', `return (s) => { let readable = true, o; ${lines.join('\n')} return readable; }`);
  return make(helpers, tell, assertions) as Assertions;
}

/** What should have come before may have come in an event that could not be read. */
function brokenSource(that: Test): string {
  return asksForMore(that) ? `!(s.unread || ${sourceOfTest(that)})` : `!${sourceOfTest(that)}`;
}

function asksForMore(test: Test): boolean {
  if ('all' in test) return test.all.some(asksForMore);
  if ('any' in test) return test.any.some(asksForMore);
  return 'seen' in test || 'firstEvent' in test || 'openWith' in test || 'children' in test;
}

function tell(run: Run, { rule, at, expected, markedBy }: Assertion): void {
  run.report(rule, {
    instance: run.self,
    at: placeOf(run, at),
    expected,
    actual: at === undefined ? undefined : valueIn(at.startsWith('$.') ? run.payload : run.subject, at.replace(/^\$\./, '')),
    eventIndex: markedBy === undefined ? undefined : run.root.marks.get(markedBy),
  });
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
  if (at?.startsWith('$.') === true) return at.slice(2);
  const place = [...run.place, at ?? ''].filter((part) => part !== '').join('.');
  return place === '' ? undefined : place;
}
