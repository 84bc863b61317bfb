import type { Json, Pointer } from '../model/index.ts';

/** Splits a JSON Pointer (RFC 6901) into its unescaped tokens; `''` gives none. */
export function tokensOf(pointer: Pointer): string[] {
  if (pointer === '') return [];
  return pointer
    .slice(1)
    .split('/')
    .map((token) => token.replaceAll('~1', '/').replaceAll('~0', '~'));
}

/** Joins tokens to a JSON Pointer, escaping `~` and `/`. */
export function pointerOf(...tokens: readonly (string | number)[]): Pointer {
  let pointer = '';
  for (const token of tokens) {
    // Most tokens need no escape, and most of the time of a walk over a document went into escaping them.
    const plain = typeof token === 'number' || !/[~/]/.test(token);
    pointer += `/${plain ? token : token.replaceAll('~', '~0').replaceAll('/', '~1')}`;
  }
  return pointer;
}

/** The pointer of a local reference (`#/components/schemas/A%20b`), or `undefined` where it is none. */
export function pointerOfReference(reference: string): Pointer | undefined {
  if (reference !== '#' && !reference.startsWith('#/')) return undefined;
  try {
    return decodeURIComponent(reference.slice(1));
  } catch {
    return reference.slice(1);
  }
}

/** The value at the pointer, or `undefined` where there is none. Reads own members only. */
export function valueAt(root: unknown, pointer: Pointer): unknown {
  let value = root;
  for (const token of tokensOf(pointer)) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, token)) return undefined;
    value = (value as Readonly<Record<string, unknown>>)[token];
  }
  return value;
}

/** A copy with the value at the pointer set; parents that are missing are made as objects. Other branches are shared. */
export function withValueAt(root: Json | undefined, pointer: Pointer, value: Json): Json {
  return change(root, tokensOf(pointer), () => value) as Json;
}

/** A copy without the member or entry at the pointer; the same value where nothing is there. */
export function withoutValueAt(root: Json, pointer: Pointer): Json {
  if (valueAt(root, pointer) === undefined) return root;
  return change(root, tokensOf(pointer), () => undefined) as Json;
}

function change(value: Json | undefined, tokens: readonly string[], make: () => Json | undefined): Json | undefined {
  const [token, ...rest] = tokens;
  if (token === undefined) return make();
  if (Array.isArray(value)) {
    const entry = change(value[Number(token)] as Json | undefined, rest, make);
    return entry === undefined ? value.toSpliced(Number(token), 1) : value.toSpliced(Number(token), 1, entry);
  }
  const members = new Map(Object.entries(isObject(value) ? value : {}));
  const member = change(members.get(token) as Json | undefined, rest, make);
  if (member === undefined) members.delete(token);
  else members.set(token, member);
  return Object.fromEntries(members) as Json;
}

function isObject(value: unknown): value is Readonly<Record<string, Json>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
