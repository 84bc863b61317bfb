import { tokensOf } from '../schema/pointer.ts';

/** All values at a pointer in which `*` stands for any entry or member, in document order. */
export function matchesOf(root: unknown, pattern: string): unknown[] {
  let values: unknown[] = [root];
  for (const token of tokensOf(pattern)) {
    values = values.flatMap((value) => {
      if (typeof value !== 'object' || value === null) return [];
      if (token === '*') return Object.values(value);
      return Object.hasOwn(value, token) ? [(value as Readonly<Record<string, unknown>>)[token]] : [];
    });
  }
  return values;
}
