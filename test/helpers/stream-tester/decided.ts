import type { Json, JsonObject, Test, ValueType } from '../../../src/model/index.ts';
import { type Value, read } from './grammar-tables.ts';

/** What a test is decided on, where the stream before is not known. */
export interface Scope {
  readonly subject: Value;
  readonly request: JsonObject | undefined;
  /** Whether the entity has children of that name, where that is known. */
  readonly children?: (name: string) => boolean;
}

/** Whether a test holds by the event and the request alone; `undefined` where it rests on what came before. */
export function decided(test: Test | undefined, scope: Scope): boolean | undefined {
  if (test === undefined) return true;
  if ('all' in test) return every(test.all.map((one) => decided(one, scope)));
  if ('any' in test) return inverted(every(test.any.map((one) => inverted(decided(one, scope)))));
  if ('not' in test) return inverted(decided(test.not, scope));
  if ('asked' in test) return scope.request !== undefined;
  if ('children' in test) return scope.children?.(test.children);
  if ('has' in test) return ifKnown(test.has, scope, (value) => value !== undefined && value !== null);
  if ('present' in test) return ifKnown(test.present, scope, (value) => value !== undefined);
  if ('eq' in test) return ifKnown(test.eq[0], scope, (value) => value === test.eq[1]);
  if ('in' in test) return ifKnown(test.in[0], scope, (value) => test.in[1].includes(value as Json));
  if ('empty' in test) return ifKnown(test.empty, scope, isEmpty);
  if ('is' in test) return ifKnown(test.is[0], scope, (value) => types[test.is[1]]?.(value));
  return undefined;
}

function every(found: readonly (boolean | undefined)[]): boolean | undefined {
  if (found.includes(false)) return false;
  return found.includes(undefined) ? undefined : true;
}

function inverted(found: boolean | undefined): boolean | undefined {
  return found === undefined ? undefined : !found;
}

function ifKnown(path: string, { subject, request }: Scope, holds: (value: Value) => boolean | undefined): boolean | undefined {
  if (path.startsWith('?.')) return holds(read(request ?? {}, path.slice(2)));
  // The object that opened the entity, or the whole payload where only a part of it is at hand.
  return path.startsWith('@') || path.startsWith('$') ? undefined : holds(read(subject, path));
}

function isEmpty(value: Value): boolean {
  return value === undefined || value === null || value === '' || (typeof value === 'object' && Object.keys(value).length === 0);
}

const types: Partial<Readonly<Record<ValueType, (value: Value) => boolean>>> = {
  string: (value) => typeof value === 'string',
  nonempty: (value) => typeof value === 'string' && value !== '',
  number: (value) => typeof value === 'number',
  boolean: (value) => typeof value === 'boolean',
  object: (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
  array: Array.isArray,
  null: (value) => value === null,
};
