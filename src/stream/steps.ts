import type { Op, Step } from '../model/index.ts';
import type { CompiledEntity } from './entities.ts';
import { close, open } from './entities.ts';
import type { CompiledEquality } from './equality.ts';
import { compileEqualities, makeEqualities } from './equality.ts';
import type { Instance } from './instance.ts';
import { familyOf, taint } from './instance.ts';
import type { OpContext } from './ops.ts';
import { compileOp } from './ops.ts';
import type { Assertions, Run } from './run.ts';
import { compileAssertions, placeOf, reportAndTaint } from './run.ts';
import type { Action, GuardedAction } from './series.ts';
import { compileSeries } from './series.ts';
import type { Condition, Getter } from './tests.ts';
import { compilePath, compileTest, sourceOfPath, sourceOfTest } from './tests.ts';

interface CompiledStep {
  readonly source: Step;
  readonly entity: CompiledEntity | undefined;
  readonly unknownWhen: Condition | undefined;
  readonly at: Getter | undefined;
  readonly each: Getter | undefined;
  readonly key: Getter | undefined;
  readonly id: Getter | undefined;
  readonly object: Getter | undefined;
  readonly kinds: ReadonlySet<string> | undefined;
  readonly shape: Assertions;
  readonly checks: Assertions;
  readonly ops: Action | undefined;
  readonly equals: readonly CompiledEquality[];
  readonly inside: Action | undefined;
  /** What of the step closes its entity: done also where the rest of its subject cannot be read. */
  readonly closing: Action | undefined;
  readonly entities: ReadonlyMap<string, CompiledEntity>;
  /** There is something to check before the event may touch its entity. */
  readonly strict: boolean;
}

function optional(path: string | undefined): Getter | undefined {
  return path === undefined ? undefined : compilePath(path);
}

/** Turns a step of the grammar into an action, once per grammar. */
export function compileStep(source: Step, context: OpContext): GuardedAction {
  const entity = source.entity === undefined ? undefined : context.entities.get(source.entity);
  const step: CompiledStep = {
    source,
    entity,
    unknownWhen: source.unknownWhen && compileTest(source.unknownWhen),
    at: optional(source.at),
    each: optional(source.each),
    key: optional(source.key),
    id: optional(source.id),
    object: optional(source.object),
    kinds: source.kinds && new Set(source.kinds),
    shape: compileAssertions(source.shape),
    checks: compileAssertions(source.checks),
    ops: compileSeries((source.do ?? []).map((op) => compileOp(op, context))),
    equals: compileEqualities(source.equals),
    inside: compileSeries((source.inside ?? []).map((inner) => compileStep(inner, context))),
    closing: compileClosing(source, context),
    entities: context.entities,
    strict:
      source.id !== undefined ||
      source.kinds !== undefined ||
      source.unsettled !== undefined ||
      entity?.readKind !== undefined ||
      entity?.row.interleave !== undefined,
  };
  if (source.entity !== undefined && entity === undefined) throw new Error(`The grammar has no entity "${source.entity}"`);
  const guards = [
    ...(source.when === undefined ? [] : [sourceOfTest(source.when)]),
    ...(source.each === undefined ? [] : [`${sourceOfPath(source.each)}?.length > 0`]),
    ...(source.at === undefined || source.each !== undefined ? [] : [`${sourceOfPath(source.at)} != null`]),
  ];
  return { guards, action: (run, parent) => runStep(run, parent, step) };
}

function compileClosing(source: Step, context: OpContext): Action | undefined {
  const closes = ({ do: ops = [] }: Step): readonly Op[] => ops.filter((op) => 'close' in op);
  const inner = (source.inside ?? []).filter((one) => one.entity === undefined && closes(one).length > 0);
  if (source.shape === undefined || (inner.length === 0 && closes(source).length === 0)) return undefined;
  const inside = inner.map((one): Step => ({ do: closes(one), ...(one.when && { when: one.when }) }));
  return compileSeries([compileStep({ do: closes(source), inside }, context)]);
}

function runStep(run: Run, parent: Instance, step: CompiledStep): void {
  if (step.each !== undefined) visitEntries(run, parent, step, step.each(run));
  else if (step.at === undefined) visit(run, parent, step);
  else {
    const { subject } = run;
    run.place.push(step.source.at ?? '');
    run.subject = step.at(run);
    visit(run, parent, step);
    run.place.pop();
    run.subject = subject;
  }
}

function visitEntries(run: Run, parent: Instance, step: CompiledStep, entries: unknown): void {
  if (!Array.isArray(entries)) return;
  const { subject } = run;
  const last = run.place.push(step.source.each ?? '', 0) - 1;
  for (let index = 0; index < entries.length; index += 1) {
    run.place[last] = index;
    run.subject = entries[index];
    visit(run, parent, step);
  }
  run.place.pop();
  run.place.pop();
  run.subject = subject;
}

function visit(run: Run, parent: Instance, step: CompiledStep): void {
  const readable = step.shape(run);
  const instance = step.entity === undefined ? parent : resolve(run, parent, step, step.entity, readable);
  if (instance === undefined) return;
  if (!readable) {
    taint(instance);
    if (step.closing !== undefined) closeUnread(run, parent, instance, step, step.closing);
    return;
  }
  const { self } = run;
  run.self = instance;
  act(run, instance, step);
  run.self = self;
}

/** What a piece says of the end counts, though nothing else of it can be read; where it may mean any of several, none is missed. */
function closeUnread(run: Run, parent: Instance, instance: Instance, step: CompiledStep, closing: Action): void {
  const family = familyOf(parent, instance.entity);
  const keyed = step.key?.(run) === instance.key;
  const [only = instance] = family.open;
  if (!keyed && family.open.size > 1) family.astray = true;
  else closing(run, keyed ? instance : only);
}

function act(run: Run, instance: Instance, step: CompiledStep): void {
  const { source, entity } = step;
  if (step.strict && entity !== undefined && !fits(run, instance, step, entity)) return;
  step.checks(run);
  step.ops?.(run, instance);
  if (step.equals.length > 0) makeEqualities(run, instance, run.subject, step.equals);
  step.inside?.(run, instance);
  if (source.action === 'close' && entity !== undefined) {
    run.place.push(source.object ?? '');
    close(run, entity, step.entities, instance, step.object === undefined ? run.subject : step.object(run));
    run.place.pop();
  }
}

/** Whether the event belongs to the entity that its key names. */
function fits(run: Run, instance: Instance, step: CompiledStep, entity: CompiledEntity): boolean {
  const { source } = step;
  const id = step.id?.(run);
  if (typeof id === 'string' && instance.id !== undefined && id !== instance.id) {
    reportAndTaint(run, entity.row.id?.ref, { instance, at: placeOf(run, source.id), expected: instance.id, actual: id });
  }
  if (step.kinds !== undefined && instance.kind !== undefined && !step.kinds.has(instance.kind)) {
    reportAndTaint(run, entity.row.kind?.rule, {
      instance,
      expected: `an event of ${instance.kind}`,
      actual: [...step.kinds].join(' or '),
    });
    return false;
  }
  if (source.action === 'auto' && entity.readKind !== undefined && instance.kind !== undefined) {
    const kind = entity.readKind(run.subject);
    if (typeof kind === 'string' && kind !== instance.kind)
      reportAndTaint(run, entity.row.kind?.rule, { instance, expected: instance.kind, actual: kind });
  }
  if (source.unsettled !== undefined && instance.texts.get(source.unsettled)?.settled === true) {
    if (entity.row.afterSettled !== undefined)
      run.report(entity.row.afterSettled, { instance, expected: `nothing after the end of ${source.unsettled}` });
    return false;
  }
  const family = instance.parent === undefined ? undefined : familyOf(instance.parent, entity.name);
  if (entity.row.interleave !== undefined && family?.latest !== instance)
    run.report(entity.row.interleave, { instance, expected: `${entity.name} ${family?.latest?.key}` });
  return true;
}

/** The entity that an event means; a key that cannot be right is reported, and the likeliest entity taken. */
function resolve(run: Run, parent: Instance, step: CompiledStep, entity: CompiledEntity, readable: boolean): Instance | undefined {
  const { source } = step;
  const family = familyOf(parent, entity.name);
  const value = step.key === undefined ? '' : step.key(run);
  const key = typeof value === 'string' || (Number.isInteger(value) && (value as number) >= 0) ? (value as string | number) : undefined;
  const known = key === undefined ? undefined : family.byKey.get(key);
  if (source.action === 'open') return opening(run, parent, step, entity, key ?? family.order.length);
  if (known !== undefined) {
    if (known.open) return known;
    if (entity.row.after !== undefined) run.report(entity.row.after, { instance: known, expected: 'nothing, it is closed' });
    return undefined;
  }
  if (source.action !== 'auto') return touchUnknown(run, parent, step, entity, key, step.object?.(run));
  if (!readable || key === undefined) return family.latest ?? open(run, entity, parent, key ?? 0, run.subject, true);
  const joins = run.partial && parent.joined && family.order.length === 0;
  if (joins) return open(run, entity, parent, key, run.subject, true, { id: undefined });
  return open(run, entity, parent, key, run.subject, run.unread);
}

function opening(run: Run, parent: Instance, step: CompiledStep, entity: CompiledEntity, key: string | number): Instance {
  run.place.push(step.source.object ?? '');
  const instance = open(run, entity, parent, key, step.object === undefined ? run.subject : step.object(run), false);
  run.place.pop();
  return instance;
}

function touchUnknown(
  run: Run,
  parent: Instance,
  step: CompiledStep,
  entity: CompiledEntity,
  key: string | number | undefined,
  object: unknown,
): Instance | undefined {
  const { source } = step;
  const family = familyOf(parent, entity.name);
  const id = step.id?.(run);
  const named = typeof id === 'string' && id !== '' ? family.order.findLast((one) => one.id === id) : undefined;
  // A resumed stream may set in within one item and one part of it.
  const joins = run.partial && family.order.length === 0 && (parent === run.root || parent.joined);
  const silent = key === undefined || joins || (parent.implicit && !parent.joined) || step.unknownWhen?.(run) === true || !run.compares;
  if (!silent && !(family.disordered && family.latest !== undefined)) {
    const told = { at: placeOf(run, source.key), expected: 'one that was opened', actual: key };
    run.report(source.unknown ?? entity.row.unknown ?? '', { ...told, ...(named === undefined ? {} : { instance: named }) });
  }
  // One that nobody opened, while another is open: the event was meant for that one, and what follows from its loss is no fault.
  if (!silent && typeof key === 'string' && id === undefined && family.latest?.open === true && !family.latest.stray) {
    taint(family.latest);
    return undefined;
  }
  const likely =
    named ?? (typeof key !== 'string' && id === undefined ? family.latest : undefined) ?? (family.disordered ? family.latest : undefined);
  if (likely?.open === true) {
    taint(likely);
    return likely;
  }
  if (likely !== undefined && key === undefined) return undefined;
  const joined = joins ? { id: typeof id === 'string' ? id : undefined } : undefined;
  const instance = open(run, entity, parent, key ?? family.order.length, object, true, joined);
  if (!joins) taint(instance);
  return instance;
}
