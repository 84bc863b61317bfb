import type { Json } from '../model/index.ts';
import type { Limits } from './shape.ts';

// From here on the members that are there are hardly ever the same twice.
const many = 8;

type Members = readonly (readonly [string, Json])[];

/** The object of these members without those that others are missing for, and those beyond the bound; `undefined` where too few are left. */
export function fitted(limits: Limits, drawn: Members): Json | undefined {
  if (drawn.length < limits.minProperties) return undefined;
  if (limits.dependent.size === 0 && drawn.length <= limits.maxProperties) return objectOf(drawn);
  const members = new Map(drawn);
  for (const name of members.keys()) if (members.size > limits.maxProperties && !limits.required.has(name)) members.delete(name);
  for (let before = -1; before !== members.size;) {
    before = members.size;
    for (const [name, needed] of limits.dependent) if ([...needed].some((one) => !members.has(one))) members.delete(name);
  }
  return members.size >= limits.minProperties ? objectOf([...members]) : undefined;
}

/** The object of these members. */
function objectOf(members: Members): Readonly<Record<string, Json>> {
  const made = members.length < many ? {} : hashed();
  for (const [name, value] of members) {
    if (name === '__proto__') Object.defineProperty(made, name, { value, writable: true, enumerable: true, configurable: true });
    else made[name] = value;
  }
  return made;
}

/**
 * An empty object that keeps its members in a table. The engine describes every other order of members by a layout of its
 * own, and of a random choice out of thirty optional members making the layouts took six times as long as the values.
 */
function hashed(): Record<string, Json> {
  const made: Record<string, Json> = { first: null, second: null };
  // An object that lost a member which was not its last one is a table from then on.
  delete made['first'];
  delete made['second'];
  return made;
}
