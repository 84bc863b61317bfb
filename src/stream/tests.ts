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

/** Reads a dotted path of a value. The names come from a grammar, never from outside. */
export function readPath(path: string): (value: unknown) => unknown {
  if (path === '') return (value) => value;
  const tokens = path.split('.');
  const [first = '', second = '', third = ''] = tokens;
  if (tokens.length === 1) return (value) => member(value, first);
  if (tokens.length === 2) return (value) => member(member(value, first), second);
  if (tokens.length === 3) return (value) => member(member(member(value, first), second), third);
  return (value) => {
    let found = value;
    for (const token of tokens) found = member(found, token);
    return found;
  };
}

function member(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>)[name] : undefined;
}

/** Reads a grammar path: the prefix says in what. */
export function compilePath(path: GrammarPath): Getter {
  const read = readPath(path.replace(/^[$?@]\./, ''));
  if (path.startsWith('$.')) return (scope) => read(scope.payload);
  if (path.startsWith('?.')) return (scope) => read(scope.request);
  if (path.startsWith('@.')) return (scope) => read(scope.self.opened);
  return (scope) => read(scope.subject);
}

const base64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

const types: Readonly<Record<ValueType, (value: unknown) => boolean>> = {
  string: (value) => typeof value === 'string',
  nonempty: (value) => typeof value === 'string' && value !== '',
  integer: (value) => Number.isInteger(value) && (value as number) >= 0,
  number: (value) => typeof value === 'number',
  boolean: (value) => typeof value === 'boolean',
  object: isObject,
  array: Array.isArray,
  null: (value) => value === null,
  base64: (value) => typeof value === 'string' && base64.test(value),
};

export function isOfType(value: unknown, type: ValueType): boolean {
  return types[type](value);
}

/** The mark's holder by its prefix: `@` the entity, `^` its parent, none the stream. */
export function markHolder(scope: Scope, mark: string): Instance {
  if (mark.startsWith('@')) return scope.self;
  if (mark.startsWith('^')) return scope.self.parent ?? scope.root;
  return scope.root;
}

const nothingIgnored: ReadonlySet<string> = new Set();

/** Turns a test into a function, once per grammar. */
export function compileTest(test: Test): Condition {
  if ('all' in test) {
    const conditions = test.all.map(compileTest);
    return (scope) => conditions.every((condition) => condition(scope));
  }
  if ('any' in test) {
    const conditions = test.any.map(compileTest);
    return (scope) => conditions.some((condition) => condition(scope));
  }
  if ('not' in test) {
    const condition = compileTest(test.not);
    return (scope) => !condition(scope);
  }
  return compileValueTest(test) ?? compileStateTest(test);
}

function compileValueTest(test: Test): Condition | undefined {
  if ('has' in test) {
    const get = compilePath(test.has);
    return (scope) => {
      const value = get(scope);
      return value !== undefined && value !== null;
    };
  }
  if ('present' in test) {
    const get = compilePath(test.present);
    return (scope) => get(scope) !== undefined;
  }
  if ('empty' in test) {
    const get = compilePath(test.empty);
    return (scope) => {
      const value = get(scope);
      return isNothing(value) || (isObject(value) && Object.keys(value).length === 0);
    };
  }
  if ('is' in test) {
    const get = compilePath(test.is[0]);
    const accepts = types[test.is[1]];
    return (scope) => accepts(get(scope));
  }
  if ('eq' in test) {
    const get = compilePath(test.eq[0]);
    const value = test.eq[1];
    return (scope) => get(scope) === value;
  }
  if ('in' in test) {
    const get = compilePath(test.in[0]);
    const values = new Set<unknown>(test.in[1]);
    return (scope) => values.has(get(scope));
  }
  if ('same' in test) {
    const [one, other] = test.same.map(compilePath) as [Getter, Getter];
    return (scope) => differenceOf(one(scope), other(scope), { ignore: nothingIgnored }) === undefined;
  }
  return compileNumberTest(test);
}

function compileNumberTest(test: Test): Condition | undefined {
  if ('atMost' in test) {
    const [one, other] = test.atMost.map(compilePath) as [Getter, Getter];
    return (scope) => Number(one(scope)) <= Number(other(scope));
  }
  if ('below' in test) {
    const [one, other] = test.below.map(compilePath) as [Getter, Getter];
    return (scope) => Number(one(scope)) < Number(other(scope));
  }
  if ('sum' in test) {
    const parts = test.sum[0].map(compilePath);
    const total = compilePath(test.sum[1]);
    return (scope) => parts.reduce((sum, part) => sum + Number(part(scope)), 0) === Number(total(scope));
  }
  if ('sameLength' in test) {
    const getters = test.sameLength.map(compilePath);
    return (scope) => {
      const lengths = getters.map((get) => get(scope)).map((value) => (Array.isArray(value) ? value.length : undefined));
      return lengths.every((length) => length === lengths[0]);
    };
  }
  return undefined;
}

function compileStateTest(test: Test): Condition {
  if ('seen' in test) {
    const name = test.seen.replace(/^[@^]/, '');
    return (scope) => markHolder(scope, test.seen).marks.has(name);
  }
  if ('text' in test) return (scope) => (scope.self.texts.get(test.text)?.length ?? 0) > 0;
  if ('json' in test) return (scope) => isJson(scope.self.texts.get(test.json)?.whole());
  if ('agree' in test) return (scope) => scope.self.bytes.get(test.agree)?.agrees ?? true;
  if ('children' in test) return (scope) => (scope.self.families.get(test.children)?.order.length ?? 0) > 0;
  if ('opened' in test) return (scope) => !scope.self.implicit;
  if ('asked' in test) return (scope) => scope.request !== undefined;
  if ('firstEvent' in test) return (scope) => scope.payloads === 0;
  if ('openWith' in test) {
    const [entity, path, wanted] = test.openWith;
    const read = readPath(path);
    const get = compilePath(wanted);
    return (scope) => {
      const value = get(scope);
      return [...(scope.root.families.get(entity)?.open ?? [])].some((one) => read(one.opened) === value);
    };
  }
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
