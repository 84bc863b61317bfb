import type { GrammarPath, JsonObject, Test, ValueType } from '../model/index.ts';
import { differenceOf, isNothing, isObject } from './compare.ts';
import type { Instance } from './instance.ts';

/** What a test looks at: one object that the judge sets anew at every step. */
export interface Scope {
  payload: unknown;
  subject: unknown;
  /** The entity at hand; the stream itself where there is none. */
  self: Instance;
  readonly root: Instance;
  readonly request: JsonObject | undefined;
  eventIndex: number;
  /** Payloads before this one. */
  payloads: number;
}

export type Getter = (scope: Scope) => unknown;
export type Condition = (scope: Scope) => boolean;

// Tests and paths become JavaScript, made once per grammar: a getter with source of its own reads a member through an inline
// cache of its own. Closures over lists of names see every name and shape, and took three times as long for a stream.
// All source comes from grammars; names and values enter it as JSON only.

/** Reads a dotted path of a value. The names come from a grammar, never from outside. */
export function readPath(path: string): (value: unknown) => unknown {
  return new Function('v', `return ${chain('v', path)}`) as (value: unknown) => unknown;
}

/** Reads a grammar path: the prefix says in what. */
export function compilePath(path: GrammarPath): Getter {
  return new Function('s', `return ${sourceOfPath(path)}`) as Getter;
}

function chain(start: string, path: string): string {
  if (path === '') return start;
  return (
    start +
    path
      .split('.')
      .map((name) => `?.[${JSON.stringify(name)}]`)
      .join('')
  );
}

const roots: readonly (readonly [prefix: string, source: string])[] = [
  ['$.', 's.payload'],
  ['?.', 's.request'],
  ['@.', 's.self.opened'],
];

/** A grammar path as a JavaScript expression over the scope `s`. */
export function sourceOfPath(path: GrammarPath): string {
  const root = roots.find(([prefix]) => path.startsWith(prefix));
  return root === undefined ? chain('s.subject', path) : chain(root[1], path.slice(root[0].length));
}

/** The value at a dotted path that may hold names from outside; own members only. */
export function valueIn(value: unknown, path: string, separator = '.'): unknown {
  let found = value;
  for (const name of path === '' ? [] : path.split(separator)) {
    if (typeof found !== 'object' || found === null || !Object.hasOwn(found, name)) return undefined;
    found = (found as Readonly<Record<string, unknown>>)[name];
  }
  return found;
}

const base64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

/** As `isObject`, for what came from JSON: it holds no texts of ours. */
export function isPayloadObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const types: Readonly<Record<ValueType, (value: unknown) => boolean>> = {
  string: (value) => typeof value === 'string',
  nonempty: (value) => typeof value === 'string' && value !== '',
  integer: (value) => Number.isInteger(value) && (value as number) >= 0,
  number: (value) => typeof value === 'number',
  boolean: (value) => typeof value === 'boolean',
  object: isPayloadObject,
  array: Array.isArray,
  null: (value) => value === null,
  base64: (value) => typeof value === 'string' && base64.test(value),
};

export function isOfType(value: unknown, type: ValueType): boolean {
  return types[type](value);
}

/** The mark's holder by its prefix: `@` the entity, `^` its parent, none the stream. */
export function markHolder(mark: string): (scope: Scope) => Instance {
  if (mark.startsWith('@')) return (scope) => scope.self;
  if (mark.startsWith('^')) return (scope) => scope.self.parent ?? scope.root;
  return (scope) => scope.root;
}

const nothingIgnored: ReadonlySet<string> = new Set();

/** What the source of tests calls. */
export const helpers = {
  types,
  isEmpty: (value: unknown): boolean => isNothing(value) || (isObject(value) && Object.keys(value).length === 0),
  same: (one: unknown, other: unknown): boolean => differenceOf(one, other, { ignore: nothingIgnored }) === undefined,
  hasText: (self: Instance, name: string): boolean => (self.texts.get(name)?.length ?? 0) > 0,
  isJson: (self: Instance, name: string): boolean => isJson(self.texts.get(name)?.whole()),
  agrees: (self: Instance, name: string): boolean => self.bytes.get(name)?.agrees ?? true,
  hasChildren: (self: Instance, name: string): boolean => (self.families.get(name)?.order.length ?? 0) > 0,
  lengthOf: (value: unknown): number | undefined => (Array.isArray(value) ? value.length : undefined),
  openWith: (scope: Scope, entity: string, path: string, value: unknown): boolean =>
    [...(scope.root.families.get(entity)?.open ?? [])].some((one) => valueIn(one.opened, path) === value),
};

/** Turns a test into a function, once per grammar. */
export function compileTest(test: Test): Condition {
  return new Function('h', `return (s) => { let o; return ${sourceOfTest(test)}; }`)(helpers) as Condition;
}

/** The test as a JavaScript expression over the scope `s` and the helpers `h`; `o` is a variable of its own. */
export function sourceOfTest(test: Test): string {
  if ('all' in test) return `(${test.all.map(sourceOfTest).join(' && ')})`;
  if ('any' in test) return `(${test.any.map(sourceOfTest).join(' || ')})`;
  if ('not' in test) return `!${sourceOfTest(test.not)}`;
  if ('has' in test) return `(${sourceOfPath(test.has)} != null)`;
  if ('present' in test) return `(${sourceOfPath(test.present)} !== undefined)`;
  if ('empty' in test) return `h.isEmpty(${sourceOfPath(test.empty)})`;
  if ('is' in test) return sourceOfType(test.is[1], sourceOfPath(test.is[0]));
  if ('eq' in test) return `(${sourceOfPath(test.eq[0])} === ${JSON.stringify(test.eq[1])})`;
  if ('in' in test) return `${JSON.stringify(test.in[1])}.includes(${sourceOfPath(test.in[0])})`;
  if ('same' in test) return `h.same(${test.same.map(sourceOfPath).join(', ')})`;
  if ('atMost' in test) return `(Number(${sourceOfPath(test.atMost[0])}) <= Number(${sourceOfPath(test.atMost[1])}))`;
  if ('below' in test) return `(Number(${sourceOfPath(test.below[0])}) < Number(${sourceOfPath(test.below[1])}))`;
  if ('sum' in test)
    return `(${test.sum[0].map((path) => `Number(${sourceOfPath(path)})`).join(' + ')} === Number(${sourceOfPath(test.sum[1])}))`;
  return sourceOfState(test);
}

function sourceOfType(type: ValueType, value: string): string {
  if (type === 'array') return `Array.isArray(${value})`;
  if (type === 'string') return `(typeof ${value} === 'string')`;
  if (type === 'integer') return `(Number.isInteger(o = ${value}) && o >= 0)`;
  if (type === 'object') return `(typeof (o = ${value}) === 'object' && o !== null && !Array.isArray(o))`;
  return `h.types.${type}(${value})`;
}

function sourceOfState(test: Test): string {
  const name = (value: string): string => JSON.stringify(value);
  if ('sameLength' in test) {
    const [first = '', ...others] = test.sameLength.map((path) => `h.lengthOf(${sourceOfPath(path)})`);
    return `(${others.map((other) => `${first} === ${other}`).join(' && ')})`;
  }
  if ('seen' in test) {
    const mark = name(test.seen.replace(/^[@^]/, ''));
    if (test.seen.startsWith('@')) return `s.self.marks.has(${mark})`;
    return test.seen.startsWith('^') ? `(s.self.parent ?? s.root).marks.has(${mark})` : `s.root.marks.has(${mark})`;
  }
  if ('text' in test) return `h.hasText(s.self, ${name(test.text)})`;
  if ('json' in test) return `h.isJson(s.self, ${name(test.json)})`;
  // Bytes of an event that could not be read are lost on one side or on both.
  if ('agree' in test) return `(s.compares === false || h.agrees(s.self, ${name(test.agree)}))`;
  if ('children' in test) return `h.hasChildren(s.self, ${name(test.children)})`;
  if ('opened' in test) return '!s.self.implicit';
  if ('asked' in test) return '(s.request !== undefined)';
  if ('firstEvent' in test) return '(s.payloads === 0)';
  if ('openWith' in test) return `h.openWith(s, ${name(test.openWith[0])}, ${name(test.openWith[1])}, ${sourceOfPath(test.openWith[2])})`;
  throw new Error(`The grammar holds a test that the engine does not know: ${JSON.stringify(test)}`);
}

function isJson(text: string | undefined): boolean {
  if (text === undefined) return true;
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
