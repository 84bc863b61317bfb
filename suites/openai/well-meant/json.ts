import type { Json } from 'assay/pack';

/** A JSON object being repaired. */
export type Members = Record<string, Json>;

/** Repairs a copy of one operation's JSON body in place. */
export type Repair = (body: Members) => void;

/** The value as an object that may be changed; `undefined` where it is none. */
export function membersOf(value: unknown): Members | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Members) : undefined;
}

/** The entries of an array that are objects; none where the value is no array. */
export function objectsIn(value: Json | undefined): Members[] {
  const entries: readonly Json[] = Array.isArray(value) ? value : [];
  return entries.map((entry) => membersOf(entry)).filter((entry) => entry !== undefined);
}

/** Whether a member is there and not null. */
export function has(body: Members, name: string): boolean {
  return Object.hasOwn(body, name) && body[name] !== null;
}

export const functionParameters: Json = {
  type: 'object',
  properties: { word: { type: 'string' } },
  required: ['word'],
  additionalProperties: false,
};

/** Makes names in one list distinct by a number behind the second and later ones. */
export function makeDistinct(owners: readonly Members[], member = 'name'): void {
  const seen = new Set<string>();
  for (const owner of owners) {
    const name = owner[member];
    if (typeof name !== 'string') continue;
    let distinct = name;
    for (let count = 2; seen.has(distinct); count += 1) distinct = `${name.slice(0, 60)}_${count}`;
    seen.add(distinct);
    owner[member] = distinct;
  }
}

/** The id where it is a text of its own, else a new one; both are remembered. */
export function distinctId(id: Json | undefined, known: Set<string>): string {
  const distinct = typeof id === 'string' && id !== '' && !known.has(id) ? id : `call_assay${known.size + 1}`;
  known.add(distinct);
  return distinct;
}
