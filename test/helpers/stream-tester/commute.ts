import type { Effects } from './effects.ts';
import { everything } from './effects.ts';

/** Whether two neighbours may change places: neither changes what the other depends on. */
export function commute(one: Effects, other: Effects): boolean {
  if (one.writes.has(everything) || other.writes.has(everything)) return false;
  return independent(one, other) && independent(other, one);
}

function independent(one: Effects, other: Effects): boolean {
  for (const resource of one.writes) {
    const [kind = '', ...rest] = resource.split(':');
    const name = rest.join(':');
    if (kind === 'opens' && (other.writes.has(`closes:${name}`) || other.reads.has(`open:${name}`))) return false;
    if (kind === 'closes' && (other.writes.has(`opens:${name}`) || other.reads.has(`open:${name}`))) return false;
    if (kind === 'opens' || kind === 'closes') continue;
    if (other.reads.has(resource)) return false;
    if (!other.writes.has(resource)) continue;
    const [mine, theirs] = [one.appends.get(resource), other.appends.get(resource)];
    if (mine === undefined || theirs === undefined || mine + theirs !== theirs + mine) return false;
  }
  return true;
}
