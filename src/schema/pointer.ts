import type { Json, Pointer } from '../model/index.ts';

/** Splits a JSON Pointer (RFC 6901) into its unescaped tokens; `''` gives none. */
export function tokensOf(pointer: Pointer): string[] {
  if (pointer === '') return [];
  const tokens = pointer.slice(1).split('/');
  // Nearly no pointer has an escape, and nothing is asked for as often as the tokens of pointers.
  return pointer.includes('~') ? tokens.map(unescaped) : tokens;
}

function unescaped(token: string): string {
  return token.replaceAll('~1', '/').replaceAll('~0', '~');
}

/** Joins tokens to a JSON Pointer, escaping `~` and `/`. */
export function pointerOf(...tokens: readonly (string | number)[]): Pointer {
  let pointer = '';
  for (const token of tokens) {
    // Most tokens need no escape, and most of the time of a walk over a document went into escaping them.
    const plain = typeof token === 'number' || !(token.includes('/') || token.includes('~'));
    pointer += plain ? `/${token}` : `/${token.replaceAll('~', '~0').replaceAll('/', '~1')}`;
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
  return change(root, tokensOf(pointer), 0, value) as Json;
}

/** A copy without the member or entry at the pointer; the same value where nothing is there. */
export function withoutValueAt(root: Json, pointer: Pointer): Json {
  if (valueAt(root, pointer) === undefined) return root;
  return change(root, tokensOf(pointer), 0, undefined) as Json;
}

function change(value: Json | undefined, tokens: readonly string[], depth: number, made: Json | undefined): Json | undefined {
  const token = tokens[depth];
  if (token === undefined) return made;
  if (Array.isArray(value)) {
    const entry = change(value[Number(token)] as Json | undefined, tokens, depth + 1, made);
    return entry === undefined ? value.toSpliced(Number(token), 1) : value.toSpliced(Number(token), 1, entry);
  }
  const members: Record<string, Json> = isObject(value) ? { ...value } : {};
  const member = change(Object.hasOwn(members, token) ? members[token] : undefined, tokens, depth + 1, made);
  if (member === undefined) delete members[token];
  // Assigned, this one name would change the prototype.
  else if (token === '__proto__')
    Object.defineProperty(members, token, { value: member, enumerable: true, configurable: true, writable: true });
  else members[token] = member;
  return members;
}

function isObject(value: unknown): value is Readonly<Record<string, Json>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
