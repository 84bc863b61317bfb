import type { EntityRow, KindRow } from '../model/index.ts';
import { differenceOf, isNothing } from './compare.ts';
import type { CompiledEquality } from './equality.ts';
import { compileEqualities, makeEqualities } from './equality.ts';
import type { Family, Instance } from './instance.ts';
import { createInstance, familyOf, taint } from './instance.ts';
import type { Assertions, Run } from './run.ts';
import { compileAssertions, placeOf, reportAndTaint } from './run.ts';
import type { Getter } from './tests.ts';
import { compilePath, readPath, valueIn } from './tests.ts';

type Read = (object: unknown) => unknown;

interface CompiledKind {
  readonly row: KindRow;
  readonly zero: readonly (readonly [path: string, read: Read])[];
  readonly made: readonly CompiledEquality[];
  readonly openChecks: Assertions;
  readonly closeChecks: Assertions;
  readonly ranks: ReadonlyMap<string, number>;
  /** Progress names that come more than once. */
  readonly repeated: ReadonlySet<string>;
}

/** An entity of the grammar, ready to run. */
export interface CompiledEntity {
  readonly name: string;
  readonly row: EntityRow;
  readonly readId: Read | undefined;
  readonly readKind: Read | undefined;
  readonly kinds: ReadonlyMap<string, CompiledKind>;
  readonly anyKind: CompiledKind | undefined;
  readonly identity: readonly (readonly [path: string, read: Read])[];
  readonly openChecks: Assertions;
  readonly closeChecks: Assertions;
  readonly parentCloseChecks: Assertions;
  readonly count: readonly Getter[] | undefined;
}

export function compileEntity(name: string, row: EntityRow): CompiledEntity {
  return {
    name,
    row,
    readId: row.id && readPath(row.id.path),
    readKind: row.kind && readPath(row.kind.path),
    kinds: new Map(Object.entries(row.kinds ?? {}).map(([kind, kindRow]) => [kind, compileKind(kindRow)])),
    anyKind: row.anyKind && compileKind(row.anyKind),
    identity: (row.identity?.paths ?? []).map((path) => [path, readPath(path)] as const),
    openChecks: compileAssertions(row.openChecks),
    closeChecks: compileAssertions(row.closeChecks),
    parentCloseChecks: compileAssertions(row.parentCloseChecks),
    count: row.count?.from.map(compilePath),
  };
}

function compileKind(row: KindRow): CompiledKind {
  return {
    row,
    zero: (row.zero ?? []).map((path) => [path, readPath(path)] as const),
    made: compileEqualities(row.made),
    openChecks: compileAssertions(row.openChecks),
    closeChecks: compileAssertions(row.closeChecks),
    ranks: new Map((row.progress ?? []).flatMap((names, rank) => names.split('|').map((one) => [one.replace('*', ''), rank] as const))),
    repeated: new Set((row.progress ?? []).filter((name) => name.endsWith('*')).map((name) => name.slice(0, -1))),
  };
}

export function kindOf(entity: CompiledEntity, instance: Instance): CompiledKind | undefined {
  return kindNamed(entity, instance.kind);
}

function kindNamed(entity: CompiledEntity, kind: string | undefined): CompiledKind | undefined {
  return (kind === undefined ? undefined : entity.kinds.get(kind)) ?? entity.anyKind;
}

/** How many the request asked for; `undefined` where the request is not known. */
function allowedCount(run: Run, entity: CompiledEntity): number | undefined {
  if (entity.count === undefined || run.request === undefined) return undefined;
  return entity.count.reduce((product, get) => {
    const value = get(run);
    return product * (Array.isArray(value) ? value.length : typeof value === 'number' ? value : 1);
  }, 1);
}

/** The mark of an entity whose opening came after its end; no mark of a grammar has this name. */
const late = '';

/** Opens an entity and makes the checks of its opening, unless no event of its own opened it. */
export function open(
  run: Run,
  entity: CompiledEntity,
  parent: Instance,
  key: string | number,
  object: unknown,
  implicit: boolean,
  joined?: { readonly id: string | undefined },
): Instance {
  const family = familyOf(parent, entity.name);
  const { row } = entity;
  const id = implicit ? joined?.id : asText(entity.readId?.(object));
  const kind = asText(entity.readKind?.(object));
  const known = family.byKey.get(key);
  if (known?.implicit === true && known.open && !implicit) return openLate(family, known, { id, kind, opened: object });
  // It was closed before anything opened it, which was reported: this is the opening that was missed then.
  if (known?.implicit === true && !known.open && !known.joined && !implicit && !known.marks.has(late)) {
    known.marks.set(late, run.eventIndex);
    return known;
  }
  if (known?.open === true && row.again !== undefined) {
    reportAndTaint(run, row.again, { instance: known, at: placeOf(run, ''), expected: 'a new one', actual: key });
    return known;
  }
  const stray = known === undefined ? implicit && joined === undefined && typeof key === 'string' : row.again !== undefined;
  const instance = createInstance(entity.name, key, parent, { id, kind, opened: object, implicit, joined: joined !== undefined, stray });
  const siblings = family.order.length;
  checkKey(run, entity, family, instance, known !== undefined);
  if (!implicit) {
    if (row.serial !== undefined && known === undefined && [...family.open].some((one) => !one.stray))
      run.report(row.serial, { instance, expected: 'the one before is closed first' });
    if (row.together !== undefined && siblings > 0 && family.open.size === 0 && !family.miscounted) run.report(row.together, { instance });
    if (id !== undefined && row.id?.unique !== undefined && family.ids.has(id) && known === undefined)
      run.report(row.id.unique, { instance, at: placeOf(run, row.id.path), actual: id });
  }
  if (id !== undefined) family.ids.add(id);
  if (known !== undefined) family.open.delete(known);
  family.byKey.set(key, instance);
  // The same one told again takes its place; another one under its key is one more.
  if (known?.open === true && known.id === id) family.order[family.order.indexOf(known)] = instance;
  else family.order.push(instance);
  family.open.add(instance);
  family.latest = instance;
  if (!implicit) checkOpening(run, entity, instance, object);
  return instance;
}

/** The opening event came after others of the entity, which was reported then: from here on it is known. */
function openLate(family: Family, known: Instance, found: Pick<Instance, 'id' | 'kind' | 'opened'>): Instance {
  const instance: Instance = { ...known, ...found, tainted: true, stray: false };
  family.byKey.set(known.key, instance);
  family.order[family.order.indexOf(known)] = instance;
  family.open.delete(known);
  family.open.add(instance);
  if (found.id !== undefined) family.ids.add(found.id);
  family.latest = instance;
  return instance;
}

function checkKey(run: Run, entity: CompiledEntity, family: Family, instance: Instance, known: boolean): void {
  const { row } = entity;
  const { key } = instance;
  const next = nextKey(run, family);
  const allowed = allowedCount(run, entity);
  if (known) {
    family.disordered = true;
    const rule = row.again ?? row.order;
    if (rule !== undefined) run.report(rule, { instance, at: placeOf(run, ''), expected: 'a new one', actual: key });
    taint(instance);
  } else if (row.order !== undefined && key !== next && next !== undefined) {
    if (family.disordered) return;
    family.disordered = true;
    run.report(row.order, { instance, at: placeOf(run, ''), expected: `index ${next}`, actual: key });
    if (instance.parent !== undefined) taint(instance.parent);
  } else if (row.count !== undefined && allowed !== undefined && typeof key === 'number' && key >= allowed) {
    family.miscounted = true;
    run.report(row.count.rule, { instance, at: placeOf(run, ''), expected: `${allowed} of them, index 0 to ${allowed - 1}`, actual: key });
  }
}

/** The number of entities so far; in a resumed stream whatever follows the last that was seen. */
function nextKey(run: Run, family: Family): number | undefined {
  if (run.unread) return undefined;
  if (!run.partial) return family.order.length;
  return family.latest === undefined ? undefined : Number(family.latest.key) + 1;
}

function checkOpening(run: Run, entity: CompiledEntity, instance: Instance, object: unknown): void {
  const before = { self: run.self, subject: run.subject };
  run.self = instance;
  run.subject = object;
  entity.openChecks(run);
  const kind = kindOf(entity, instance);
  if (kind !== undefined) {
    kind.openChecks(run);
    const full = kind.zero.find(([, read]) => !isNothing(read(object)));
    if (full !== undefined)
      reportAndTaint(run, entity.row.zero, { instance, at: placeOf(run, full[0]), expected: 'nothing yet', actual: full[1](object) });
  }
  Object.assign(run, before);
}

/** Closes an entity: its children, its texts, its final object. */
export function close(
  run: Run,
  entity: CompiledEntity,
  entities: ReadonlyMap<string, CompiledEntity>,
  instance: Instance,
  object: unknown,
): void {
  const before = { self: run.self, subject: run.subject };
  run.self = instance;
  run.subject = object;
  settleChildren(run, entities, instance);
  if (!instance.implicit || instance.joined) {
    entity.closeChecks(run);
    const kind = instance.joined ? kindNamed(entity, asText(entity.readKind?.(object))) : kindOf(entity, instance);
    if (kind !== undefined) kind.closeChecks(run);
    checkIdentity(run, entity, instance, object);
    if (kind !== undefined && !instance.tainted) checkEnd(run, entity, kind, instance, object);
  }
  Object.assign(run, before);
  instance.closed = object;
  instance.open = false;
  instance.families.clear();
  if (instance.parent !== undefined) familyOf(instance.parent, entity.name).open.delete(instance);
}

function checkIdentity(run: Run, entity: CompiledEntity, instance: Instance, object: unknown): void {
  const rule = entity.row.identity?.rule;
  if (rule === undefined || instance.tainted) return;
  const id = instance.joined ? entity.readId?.(object) : instance.id;
  if (instance.joined && instance.id !== undefined && id !== instance.id)
    reportAndTaint(run, rule, { instance, expected: instance.id, actual: id });
  if (instance.opened === undefined) return;
  for (const [path, read] of entity.identity) {
    const opened = read(instance.opened);
    const closed = read(object);
    // What the opening lacked was reported then.
    if (isNothing(opened) || differenceOf(opened, closed, { ignore: run.ignore }) === undefined) continue;
    reportAndTaint(run, rule, { instance, at: placeOf(run, path), expected: JSON.stringify(opened), actual: closed });
    return;
  }
}

function checkEnd(run: Run, entity: CompiledEntity, kind: CompiledKind, instance: Instance, object: unknown): void {
  if (!instance.joined) checkTold(run, entity, kind, instance, object);
  makeEqualities(run, instance, object, kind.made);
}

/** What had to be told before the end: that texts are complete, that work went on. */
function checkTold(run: Run, entity: CompiledEntity, kind: CompiledKind, instance: Instance, object: unknown): void {
  // A text that never began, and is null in the end, is one that there is not.
  const isNone = (name: string): boolean => !instance.texts.has(name) && valueIn(object, name) === null;
  const missing = (kind.row.settled ?? []).find((name) => instance.texts.get(name)?.settled !== true && !isNone(name));
  if (missing !== undefined && run.compares && entity.row.unsettled !== undefined)
    run.report(entity.row.unsettled, { instance, expected: `the end of ${missing} was told` });
  const status = valueIn(object, 'status');
  const groups = kind.row.progressNeeds ?? [];
  const failed = status === 'failed' && groups.some((names) => names.includes('failed'));
  if (entity.row.progressRule !== undefined && run.compares && (status === undefined || status === 'completed' || failed)) {
    const group = groups.find((names) => !names.some((name) => instance.marks.has(name)));
    if (group !== undefined) run.report(entity.row.progressRule, { instance, expected: group.join(' or ') });
  }
}

/** The parent ends: its children must have closed, and are judged as a whole. */
export function settleChildren(run: Run, entities: ReadonlyMap<string, CompiledEntity>, parent: Instance, only?: readonly string[]): void {
  for (const [name, family] of parent.families) {
    const entity = entities.get(name);
    if (entity === undefined || (only !== undefined && !only.includes(name))) continue;
    if (entity.row.unclosed !== undefined && run.compares && !family.astray) {
      for (const child of family.open) {
        if (child.stray) continue;
        run.report(entity.row.unclosed, { instance: child, expected: 'closed by now' });
        taint(child);
      }
    }
    if (entity.row.parentCloseChecks === undefined || parent.tainted || !run.compares) continue;
    const self = run.self;
    for (const child of family.order) {
      run.self = child;
      if (!child.tainted) entity.parentCloseChecks(run);
    }
    run.self = self;
  }
}

/** The stream ends: as many as the request asked for. */
export function checkCounts(run: Run, entities: ReadonlyMap<string, CompiledEntity>, root: Instance): void {
  for (const entity of entities.values()) {
    const allowed = allowedCount(run, entity);
    const rule = entity.row.count?.rule;
    const family = root.families.get(entity.name);
    if (rule === undefined || allowed === undefined || family?.disordered === true || family?.miscounted === true) continue;
    const came = family?.order.length ?? 0;
    if (came > 0 && came < allowed) run.report(rule, { expected: `${allowed} of them`, actual: came });
  }
}

function asText(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
