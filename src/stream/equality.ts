import type { Equality } from '../model/index.ts';
import { differenceOf, isNothing, isObject } from './compare.ts';
import type { Family, Instance } from './instance.ts';
import { taint } from './instance.ts';
import type { Run } from './run.ts';
import { placeOf } from './run.ts';
import { Text } from './text.ts';
import type { Condition } from './tests.ts';
import { compileTest, readPath, valueIn } from './tests.ts';

export interface CompiledEquality {
  readonly source: Equality;
  readonly when: Condition | undefined;
  readonly read: (object: unknown) => unknown;
  readonly ignore: ReadonlySet<string> | undefined;
}

export function compileEqualities(equalities: readonly Equality[] = []): readonly CompiledEquality[] {
  return equalities.map((source) => ({
    source,
    when: source.when && compileTest(source.when),
    read: readPath(source.at),
    ignore: source.ignore && new Set(source.ignore),
  }));
}

/** Compares what was streamed with the object that claims to be its end; the first difference taints the entity. */
export function makeEqualities(run: Run, instance: Instance, object: unknown, equalities: readonly CompiledEquality[]): void {
  if (!run.compares) return;
  for (const equality of equalities) {
    if (instance.tainted) return;
    if (equality.when !== undefined && !equality.when(run)) continue;
    const { source } = equality;
    const actual = equality.read(object);
    const found = compare(run, instance, actual, equality);
    if (found === undefined) continue;
    const at = [placeOf(run, source.at) ?? '', found.at].filter((part) => part !== '').join('.');
    run.report(source.rule, { instance, at, expected: quote(found.expected), actual: found.actual });
    taint(instance);
  }
}

/** Whether a value is the text, or ends as it does where only its end was seen. */
export function endsAs(instance: Instance, name: string, value: unknown): boolean {
  const text = instance.texts.get(name);
  if (!instance.joined) return typeof value === 'string' && (text ?? new Text()).equals(value);
  // Of a text that never began while somebody looked, null says as much as the empty one.
  if (text === undefined) return typeof value === 'string' || value === null;
  const whole = text.whole();
  return typeof value === 'string' && (whole === undefined || value.endsWith(whole));
}

interface Found {
  readonly at: string;
  readonly expected: unknown;
  readonly actual: unknown;
}

function compare(run: Run, instance: Instance, actual: unknown, equality: CompiledEquality): Found | undefined {
  const { from } = equality.source;
  const options = { ignore: equality.ignore === undefined ? run.ignore : run.ignore.union(equality.ignore) };
  if ('children' in from) {
    const family = instance.families.get(from.children);
    if (from.flat !== undefined) return instance.joined ? undefined : compareFlat(family, actual, from.flat, options);
    return compareChildren(run, family, actual, from.text, options);
  }
  if (instance.joined)
    return 'text' in from && !endsAs(instance, from.text, actual) ? { at: '', expected: instance.texts.get(from.text), actual } : undefined;
  if ('openChildren' in from && [...(instance.families.get(from.openChildren)?.open ?? [])].some((child) => child.tainted))
    return undefined;
  const expected = expectedOf(instance, from);
  const at = differenceOf(expected, actual, options);
  return at === undefined ? undefined : { at, expected: valueIn(expected, at), actual: valueIn(actual, at) };
}

function expectedOf(instance: Instance, from: Exclude<Equality['from'], { readonly children: string }>): unknown {
  if ('text' in from) return instance.texts.get(from.text) ?? '';
  if ('list' in from) return instance.lists.get(from.list) ?? [];
  if ('opened' in from) return readPath(from.opened)(instance.opened);
  if (!('openChildren' in from)) return readPath(from.merged)(instance.merged);
  const [member, value] = from.where;
  const open = [...(instance.families.get(from.openChildren)?.open ?? [])].filter((child) => child.merged !== undefined);
  return open.flatMap((child) => readPath(from.merged)(child.merged)).filter((entry) => isObject(entry) && entry[member] === value);
}

/** The lists that the children closed with, one after the other. */
function compareFlat(
  family: Family | undefined,
  actual: unknown,
  path: string,
  options: Parameters<typeof differenceOf>[2],
): Found | undefined {
  const children = family?.order ?? [];
  if (children.some((child) => child.tainted || child.implicit || child.open)) return undefined;
  const expected = children.flatMap((child) => valueIn(child.closed, path));
  const at = differenceOf(expected, actual, options);
  return at === undefined ? undefined : { at, expected: valueIn(expected, at), actual: valueIn(actual, at) };
}

function compareChildren(
  run: Run,
  family: Family | undefined,
  actual: unknown,
  text: string | undefined,
  options: Parameters<typeof differenceOf>[2],
): Found | undefined {
  const children = family?.order ?? [];
  const entries: readonly unknown[] = Array.isArray(actual) ? actual : [];
  const doubtful = family?.disordered === true || run.partial || children.some((child) => child.implicit && child.open);
  const least = children.filter((child) => !child.open).length;
  if (!doubtful && (entries.length < least || entries.length > children.length)) {
    return { at: '', expected: `${least} of them`, actual: isNothing(actual) ? actual : `${entries.length} of them` };
  }
  for (const [index, child] of children.entries()) {
    if (child.tainted || (text === undefined && child.closed === undefined)) continue;
    const place = run.partial ? Number(child.key) : index;
    if (place >= entries.length) continue;
    if (text !== undefined && child.joined && endsAs(child, text, entries[place])) continue;
    const expected = text === undefined ? child.closed : (child.texts.get(text) ?? '');
    const at = differenceOf(expected, entries[place], options);
    if (at !== undefined) {
      const where = at === '' ? String(place) : `${place}.${at}`;
      return { at: where, expected: valueIn(expected, at), actual: valueIn(entries[place], at) };
    }
  }
  return undefined;
}

const quoted = 200;

/** A value for a message: JSON, cut. */
export function quote(value: unknown): string {
  if (value === undefined) return 'nothing';
  const text =
    value instanceof Text
      ? JSON.stringify(value.toString())
      : JSON.stringify(value, (_name, inner: unknown) => (inner instanceof Text ? inner.toString() : inner));
  return text.length > quoted ? `${text.slice(0, quoted)}…` : text;
}
