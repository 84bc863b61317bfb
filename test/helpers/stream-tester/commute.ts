import { type Effects, everything } from './effects.ts';

/** Why an event may not change places with those that follow or precede it at once; `undefined` where it may. */
export function clash(moved: Effects, passed: readonly Effects[]): string | undefined {
  const appended = new Map<string, string>();
  for (const other of passed) {
    const found = clashOf(moved, other, appended) ?? clashOf(other, moved, new Map());
    if (found !== undefined) return found;
  }
  // Passing "a" and then "b" may change a text that passing "ab" does not, and the other way round.
  for (const [resource, theirs] of appended) {
    const mine = moved.appends.get(resource) ?? '';
    if (mine + theirs !== theirs + mine) return resource;
  }
  return undefined;
}

/** What the one changes and the other depends on, or changes too; additions to one text are collected. */
function clashOf(one: Effects, other: Effects, appended: Map<string, string>): string | undefined {
  if (one.writes.has(everything)) return everything;
  for (const resource of one.writes) {
    const [kind = '', ...rest] = resource.split(':');
    const name = rest.join(':');
    if (kind === 'opens' && (other.writes.has(`closes:${name}`) || other.reads.has(`open:${name}`))) return resource;
    if (kind === 'closes' && (other.writes.has(`opens:${name}`) || other.reads.has(`open:${name}`))) return resource;
    if (kind === 'opens' || kind === 'closes') continue;
    if (other.reads.has(resource)) return resource;
    if (!other.writes.has(resource)) continue;
    const theirs = other.appends.get(resource);
    if (!one.appends.has(resource) || theirs === undefined) return resource;
    appended.set(resource, (appended.get(resource) ?? '') + theirs);
  }
  return undefined;
}
