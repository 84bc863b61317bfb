import type { Assertion, EntityRow, Step, StreamGrammar, Test } from '../../../src/model/index.ts';
import type { Sent } from './trace.ts';

export type Value = unknown;

export function read(value: Value, path: string): Value {
  if (path === '') return value;
  let found = value;
  for (const name of path.replace(/^[$]\./, '').split('.'))
    found = typeof found === 'object' && found !== null ? (found as Record<string, Value>)[name] : undefined;
  return found;
}

/** Every assertion of a grammar, wherever it stands. */
export function assertionsOf(grammar: StreamGrammar): readonly Assertion[] {
  const ofStep = (step: Step): Assertion[] => [...(step.shape ?? []), ...(step.checks ?? []), ...(step.inside ?? []).flatMap(ofStep)];
  const ofEntity = (entity: EntityRow): Assertion[] => [
    ...(entity.openChecks ?? []),
    ...(entity.closeChecks ?? []),
    ...(entity.parentCloseChecks ?? []),
  ];
  return [...Object.values(grammar.events).flatMap(ofStep), ...Object.values(grammar.entities).flatMap(ofEntity), ...(grammar.end ?? [])];
}

function stepsOf(grammar: StreamGrammar): readonly Step[] {
  const all = (step: Step): Step[] => [step, ...(step.inside ?? []).flatMap(all)];
  return Object.values(grammar.events).flatMap(all);
}

export function testsOf(test: Test | undefined): readonly Test[] {
  if (test === undefined) return [];
  if ('all' in test) return [test, ...test.all.flatMap(testsOf)];
  if ('any' in test) return [test, ...test.any.flatMap(testsOf)];
  return 'not' in test ? [test, ...testsOf(test.not)] : [test];
}

export const marksIn = (test: Test | undefined): string[] => testsOf(test).flatMap((one) => ('seen' in one ? [one.seen] : []));

/** Whether a text is ever compared: with the event that ends it, a final object, or JSON. */
export function isCompared(
  grammar: StreamGrammar,
  entity: string | undefined,
  text: string,
  applies: (when: Test | undefined) => boolean,
): boolean {
  return isSettled(grammar, entity, text) || isOnlyJson(grammar, entity, text, applies);
}

/** Whether a text is told again whole: by the event that ends it, or in a final object. */
export function isSettled(grammar: StreamGrammar, entity: string | undefined, text: string): boolean {
  const row = entity === undefined ? undefined : grammar.entities[entity];
  const settled = stepsOf(grammar).some(
    (step) => (step.entity ?? entity) === entity && (step.do ?? []).some((op) => 'settle' in op && op.settle === text),
  );
  const made = [...Object.values(row?.kinds ?? {}), ...(row?.anyKind === undefined ? [] : [row.anyKind])].some((kind) =>
    (kind.made ?? []).some((one) => 'text' in one.from && one.from.text === text),
  );
  return settled || made;
}

/** Whether all that is asked of a text is that it is JSON. */
export function isOnlyJson(
  grammar: StreamGrammar,
  entity: string | undefined,
  text: string,
  applies: (when: Test | undefined) => boolean,
): boolean {
  const row = entity === undefined ? undefined : grammar.entities[entity];
  const asked = (row?.parentCloseChecks ?? []).some(
    (one) => applies(one.when) && testsOf(one.that).some((test) => 'json' in test && test.json === text),
  );
  return asked && !isSettled(grammar, entity, text);
}

/** The entities that an event names by their keys, each with those it stands in. */
export function idsIn(row: Step | undefined, { data }: Sent): readonly string[] {
  const visit = (step: Step, subject: Value, parent: string): string[] => {
    const found = step.each !== undefined ? read(subject, step.each) : step.at !== undefined ? [read(subject, step.at)] : [subject];
    return (Array.isArray(found) ? (found as Value[]) : []).flatMap((one) => {
      if (one === undefined || one === null) return [];
      const key = step.key === undefined ? '' : String(read(one, step.key));
      const here = step.entity === undefined ? parent : `${parent}/${step.entity}:${key}`;
      return [...(step.entity === undefined ? [] : [here]), ...(step.inside ?? []).flatMap((inner) => visit(inner, one, here))];
    });
  };
  return row === undefined || typeof data === 'string' ? [] : visit(row, data, '');
}

export function isListCompared(grammar: StreamGrammar, entity: string | undefined, list: string): boolean {
  const row = entity === undefined ? undefined : grammar.entities[entity];
  return Object.values(row?.kinds ?? {}).some((kind) => (kind.made ?? []).some((one) => 'list' in one.from && one.from.list === list));
}

/** The texts in a delta, by the place that merging gives them; what a merge replaces is left out. */
export function leavesOf(value: Value, place = ''): readonly (readonly [string, string])[] {
  if (typeof value === 'string') return value === '' ? [] : [[place, value]];
  if (Array.isArray(value))
    return value.flatMap((entry, index) => leavesOf(entry as Value, `${place}/${String(read(entry, 'index') ?? index)}`));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value)
    .filter(([name]) => !['type', 'index'].includes(name))
    .flatMap(([name, inner]) => leavesOf(inner as Value, `${place}/${name}`));
}

/** Whether a test offers a choice: then one mark is enough. */
export function anyOf(test: Test | undefined): boolean {
  return testsOf(test).some((one) => 'any' in one);
}
