import { Text } from './text.ts';

type Members = Record<string, unknown>;

export function isObject(value: unknown): value is Readonly<Members> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Text);
}

/** Absent, null, an empty text or an empty list: streams leave such members out on one side and not on the other. */
export function isNothing(value: unknown): boolean {
  return (
    value === undefined ||
    value === null ||
    value === '' ||
    (Array.isArray(value) && value.length === 0) ||
    (value instanceof Text && value.length === 0)
  );
}

export interface CompareOptions {
  readonly ignore: ReadonlySet<string>;
}

/** Where the two values first differ (dotted, `''` for the whole), or `undefined` where they are equal. */
export function differenceOf(expected: unknown, actual: unknown, options: CompareOptions, at = ''): string | undefined {
  if (expected === actual) return undefined;
  if (isNothing(expected) && isNothing(actual)) return undefined;
  if (expected instanceof Text) return typeof actual === 'string' && expected.equals(actual) ? undefined : at;
  if (Array.isArray(expected)) {
    if (!Array.isArray(actual) || actual.length !== expected.length) return at;
    for (const [index, entry] of expected.entries()) {
      const different = differenceOf(entry, actual[index], options, join(at, index));
      if (different !== undefined) return different;
    }
    return undefined;
  }
  if (!isObject(expected) || !isObject(actual)) return at;
  const names = new Set([...Object.keys(expected), ...Object.keys(actual)]);
  for (const name of names) {
    if (options.ignore.has(name)) continue;
    const different = differenceOf(own(expected, name), own(actual, name), options, join(at, name));
    if (different !== undefined) return different;
  }
  return undefined;
}

function own(value: Readonly<Members>, name: string): unknown {
  return Object.hasOwn(value, name) ? value[name] : undefined;
}

function join(at: string, next: string | number): string {
  return at === '' ? String(next) : `${at}.${next}`;
}

/** Members that a later delta replaces instead of appending to. */
const replaced = new Set(['index', 'type', 'id', 'object', 'role']);

/**
 * Folds a delta into a value as the clients do: texts append, numbers add, objects recurse, arrays merge by the
 * `index` of their entries, and where nothing was, the delta is taken. Texts become {@link Text}; objects have no prototype.
 */
export function merge(value: unknown, delta: unknown, name = ''): unknown {
  if (delta === null || delta === undefined) return value;
  if (typeof delta === 'string') {
    if (replaced.has(name)) return delta;
    const text = value instanceof Text ? value : new Text();
    text.append(delta);
    return text;
  }
  if (typeof delta === 'number') return typeof value === 'number' && !replaced.has(name) ? value + delta : delta;
  if (Array.isArray(delta)) {
    const entries: unknown[] = Array.isArray(value) ? value : [];
    for (const entry of delta) mergeEntry(entries, entry);
    return entries;
  }
  if (!isObject(delta)) return delta;
  const members: Members = isObject(value) ? (value as Members) : (Object.create(null) as Members);
  for (const member of Object.keys(delta)) members[member] = merge(members[member], delta[member], member);
  return members;
}

function mergeEntry(entries: unknown[], entry: unknown): void {
  const index = isObject(entry) ? entry['index'] : undefined;
  const has = (candidate: unknown): boolean => isObject(candidate) && candidate['index'] === index;
  if (typeof index !== 'number') entries.push(merge(undefined, entry));
  else if (has(entries[index])) entries[index] = merge(entries[index], entry);
  else {
    const place = entries.findIndex(has);
    if (place === -1) entries.push(merge(undefined, entry));
    else entries[place] = merge(entries[place], entry);
  }
}
