import type { EntityRow, Equality, JsonObject, Json, KindRow, Step, StreamGrammar } from '../../../src/model/index.ts';
import { valueAt, withValueAt } from '../../../src/schema/pointer.ts';
import { Walk } from '../../helpers/stream-tester/effects.ts';
import { isCompared, read, testsOf } from '../../helpers/stream-tester/grammar-tables.ts';
import type { Sent, Trace } from '../../helpers/stream-tester/trace.ts';

/** A stream in which one value is another. */
interface Alteration {
  readonly what: string;
  readonly events: readonly Sent[];
  readonly legal: boolean;
}

/** One value of one event that the grammar reads, and whether it is compared with anything. */
interface Place {
  readonly pointer: string;
  readonly compared: boolean;
}

/** Every stream that comes of altering one id, index, delta or final value. */
export function alterations(grammar: StreamGrammar, trace: Trace): readonly Alteration[] {
  const walk = new Walk(grammar, trace);
  walk.all();
  return trace.events.flatMap((sent, index) => {
    const places = placesOf(grammar, walk, trace, sent);
    return places.map(({ pointer, compared }) => {
      const data = withValueAt(sent.data, pointer, altered(valueAt(sent.data, pointer) as Json));
      return { what: `${index} altered at ${pointer}`, events: trace.events.with(index, { ...sent, data }), legal: !compared };
    });
  });
}

function altered(value: Json): Json {
  if (typeof value === 'number') return value + 7;
  return typeof value === 'string' ? `${value}x` : value;
}

function placesOf(grammar: StreamGrammar, walk: Walk, trace: Trace, sent: Sent): readonly Place[] {
  const type = walk.typeOf(sent);
  const row = typeof sent.data === 'object' ? grammar.events[type ?? ''] : undefined;
  if (row === undefined) return [];
  const places = new Map<string, boolean>();
  const add = (pointer: string, compared: boolean): void => {
    const value = valueAt(sent.data, pointer);
    if (typeof value === 'number' || (typeof value === 'string' && value !== ''))
      places.set(pointer, compared || places.get(pointer) === true);
  };
  for (const constant of grammar.constants ?? []) {
    if (!isCarried(constant.events, type)) continue;
    add(pointerOf('', constant.path), trace.events.filter((one) => carries(grammar, walk, one, constant.name)).length > 1);
  }
  visitStep({ walk, trace }, grammar, row, sent.data, '', undefined, add);
  for (const equality of row.equals ?? [])
    addFinal(sent.data, '', equality, grammar, (pointer, compared) => add(pointer, compared && isSeen(trace, pointer)));
  return [...places].map(([pointer, compared]) => ({ pointer, compared }));
}

function isCarried(events: readonly string[] | undefined, type: string | undefined): boolean {
  return (
    events === undefined ||
    events.some((pattern) => (pattern.endsWith('*') ? type?.startsWith(pattern.slice(0, -1)) === true : pattern === type))
  );
}

/** Whether an event shows a constant of that name. */
function carries(grammar: StreamGrammar, walk: Walk, sent: Sent, name: string): boolean {
  const type = walk.typeOf(sent);
  const known = grammar.events[type ?? ''] !== undefined && typeof sent.data === 'object';
  return (
    known &&
    (grammar.constants ?? []).some(
      (one) => one.name === name && isCarried(one.events, type) && ![undefined, null].includes(read(sent.data, one.path) as null),
    )
  );
}

function pointerOf(base: string, path: string): string {
  if (path.startsWith('$.')) return `/${path.slice(2).replaceAll('.', '/')}`;
  return path === '' ? base : `${base}/${path.replaceAll('.', '/')}`;
}

/** Whether a resumed stream still showed the end of the item that the final object repeats at the pointer. */
function isSeen(trace: Trace, pointer: string): boolean {
  if (trace.request?.['starting_after'] === undefined) return true;
  const index = Number(pointer.split('/')[3]);
  return trace.events.some((sent) => read(sent.data, 'item') !== undefined && read(sent.data, 'output_index') === index);
}

function stepsOf(step: Step | undefined): readonly Step[] {
  return step === undefined ? [] : [step, ...(step.inside ?? []).flatMap(stepsOf)];
}

type Add = (pointer: string, compared: boolean) => void;

/** Whether the text stands beside tokens that must have its bytes. */
function hasTokens(walk: Walk, step: Step, path: string): boolean {
  return (step.do ?? []).some((op) => 'bytes' in op && op.text === path && op.when !== undefined && walk.everHolds(op.when));
}

/** The trace as far as the event's own entity goes. */
interface Seen {
  readonly walk: Walk;
  readonly trace: Trace;
}

function visitStep(
  { walk, trace }: Seen,
  grammar: StreamGrammar,
  step: Step,
  payload: Json,
  base: string,
  parent: string | undefined,
  add: Add,
): void {
  const at = step.each ?? step.at;
  const found = at === undefined ? undefined : valueAt(payload, pointerOf(base, at));
  const bases =
    step.each === undefined
      ? [at === undefined ? base : pointerOf(base, at)]
      : Array.isArray(found)
        ? found.map((_entry, index) => `${pointerOf(base, step.each ?? '')}/${index}`)
        : [];
  if (at !== undefined && (found === undefined || found === null)) return;
  for (const here of bases) {
    const entity = step.entity === undefined ? undefined : grammar.entities[step.entity];
    const name = step.entity ?? parent;
    if (entity !== undefined) entityPlaces({ walk, trace }, grammar, step, entity, payload, here, add);
    for (const op of step.do ?? []) {
      if ('append' in op && op.form === undefined)
        add(
          pointerOf(here, op.from),
          isCompared(grammar, name, op.append, (when) => walk.everHolds(when)) || hasTokens(walk, step, op.from),
        );
      if ('settle' in op) add(pointerOf(here, op.from), true);
      if ('entry' in op) add(pointerOf(here, op.index), true);
      // A merge replaces what says the type; a later delta says it again.
      if ('merge' in op) for (const leaf of leaves(payload, pointerOf(here, op.merge))) if (!leaf.endsWith('/type')) add(leaf, true);
    }
    for (const inner of step.inside ?? []) visitStep({ walk, trace }, grammar, inner, payload, here, name, add);
  }
}

function entityPlaces(
  { walk, trace }: Seen,
  grammar: StreamGrammar,
  step: Step,
  entity: EntityRow,
  payload: Json,
  here: string,
  add: Add,
): void {
  const ruled = [entity.order, entity.unknown, entity.count, entity.unclosed].some((rule) => rule !== undefined);
  // An entity that this trace does not open, or not close, has nothing to agree with.
  const key = step.key === undefined ? undefined : valueAt(payload, pointerOf(here, step.key));
  const others = trace.events.filter((sent) => sent.data !== payload && step.key !== undefined && read(sent.data, step.key) === key);
  const theirs = others.flatMap((sent) => stepsOf(grammar.events[walk.typeOf(sent) ?? '']).filter((one) => one.entity === step.entity));
  const has = (action: Step['action']): boolean => theirs.some((one) => one.action === action);
  const known = step.key === undefined || step.action !== 'close' || has('open') || trace.request?.['starting_after'] !== undefined;
  if (step.key !== undefined) add(pointerOf(here, step.key), ruled && known);
  if (step.id !== undefined) add(pointerOf(here, step.id), entity.id?.ref !== undefined);
  const object = pointerOf(here, step.object ?? '');
  if (step.action === 'open' && entity.identity !== undefined)
    for (const path of entity.identity.paths) add(pointerOf(object, path), has('close'));
  for (const [path] of sameAsOpened(step)) add(pointerOf(here, path), has('open'));
  if (step.action === 'open') for (const [, path] of theirs.flatMap(sameAsOpened)) add(pointerOf(object, path), true);
  if (step.action !== 'close') return;
  for (const path of entity.identity?.paths ?? []) add(pointerOf(object, path), known);
  const kind = kindOf(entity, valueAt(payload, object));
  for (const equality of kind?.made ?? []) addFinal(payload, object, equality, grammar, known ? add : (pointer) => add(pointer, false));
}

/** Members that an event must say as the event that opened its entity said them: where here, and where there. */
function sameAsOpened(step: Step): readonly (readonly [string, string])[] {
  const tests = (step.checks ?? []).flatMap((one) => testsOf(one.that));
  return tests.flatMap((one) => ('same' in one && one.same[1].startsWith('@.') ? [[one.same[0], one.same[1].slice(2)] as const] : []));
}

function kindOf(entity: EntityRow, object: unknown): KindRow | undefined {
  const name = entity.kind === undefined ? undefined : read(object, entity.kind.path);
  return (typeof name === 'string' ? entity.kinds?.[name] : undefined) ?? entity.anyKind;
}

function addFinal(payload: Json, base: string, equality: Equality, grammar: StreamGrammar, add: Add): void {
  const ignored = new Set([...(grammar.ignore ?? []), ...(equality.ignore ?? [])]);
  for (const leaf of leaves(payload, pointerOf(base, equality.at))) add(leaf, !leaf.split('/').some((token) => ignored.has(token)));
}

/** The pointers of all values below one. */
function leaves(payload: Json, pointer: string): readonly string[] {
  const value = valueAt(payload, pointer);
  if (typeof value !== 'object' || value === null) return value === undefined ? [] : [pointer];
  return Object.keys(value as JsonObject).flatMap((name) =>
    leaves(payload, `${pointer}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`),
  );
}
