import type { Json } from '../model/index.ts';
import { isObject } from '../schema/json.ts';
import { tokensOf } from '../schema/pointer.ts';
import type { Builder } from './builder.ts';
import { typeOf, type Alternative, type JsonType } from './shape.ts';
import { sitesOf } from './sites.ts';
import type { Root } from './workbench.ts';

/** What was sent already: how often each choice was made at a place. */
export class Memory {
  readonly #roots = new Map<string, PlaceMemory>();
  /** Whether a number below zero was drawn where no schema has a lower bound: perhaps nobody means it. */
  belowZero = false;

  /** What is known of a root. */
  root(key: string): PlaceMemory {
    const known = this.#roots.get(key) ?? new PlaceMemory();
    this.#roots.set(key, known);
    return known;
  }

  /** Remembers every choice that makes this value of a root. */
  addValue(root: Pick<Root, 'places' | 'hint' | 'key'>, value: Json, build: Builder): void {
    for (const { at, here, alternative } of sitesOf(root, value, build)) {
      let place = this.root(root.key);
      for (const token of tokensOf(at)) place = place.below(/^\d+$/.test(token) ? '*' : token);
      const type = typeOf(here);
      if (type) place.add(wayMark(alternative, type));
      if (alternative.limits.values || type === 'boolean') place.add(valueMark(here));
      else if (Array.isArray(here)) place.add(countMark(here.length));
      else if (isObject(here)) place.addMembers(Object.keys(here));
    }
  }
}

interface MemberMemory {
  times: number;
  /** How often it met each other member. */
  readonly met: Map<string, number>;
}

/** The choices at one place, entries of an array being alike. Asked several times for each value that is drawn. */
export class PlaceMemory {
  readonly #below = new Map<string, PlaceMemory>();
  readonly #times = new Map<string, number>();
  readonly #members = new Map<string, MemberMemory>();

  below(token: string): PlaceMemory {
    const known = this.#below.get(token);
    if (known) return known;
    const fresh = new PlaceMemory();
    this.#below.set(token, fresh);
    return fresh;
  }

  times(mark: string): number {
    return this.#times.get(mark) ?? 0;
  }

  add(mark: string): void {
    this.#times.set(mark, this.times(mark) + 1);
  }

  /** Counts each member that is there, and each two that meet. */
  addMembers(names: readonly string[]): void {
    const sorted = names.toSorted();
    for (const [index, name] of sorted.entries()) {
      const own: MemberMemory = this.#members.get(name) ?? { times: 0, met: new Map() };
      this.#members.set(name, own);
      own.times++;
      for (let next = index + 1; next < sorted.length; next++) {
        const other = sorted[next] ?? '';
        own.met.set(other, (own.met.get(other) ?? 0) + 1);
      }
    }
  }

  /** How new it is that these members meet. */
  newsOf(names: readonly string[]): number {
    const sorted = names.toSorted();
    let news = 0;
    for (const [index, name] of sorted.entries()) {
      const own = this.#members.get(name);
      news += 1 / (1 + (own?.times ?? 0));
      for (let next = index + 1; next < sorted.length; next++) news += 1 / (1 + (own?.met.get(sorted[next] ?? '') ?? 0));
    }
    return news;
  }
}

export function wayMark(alternative: Alternative, type: JsonType): string {
  return `${type} ${alternative.branches.map(({ index }) => index).join('.')}`;
}

export function valueMark(value: Json): string {
  return `= ${JSON.stringify(value)}`;
}

export function countMark(count: number): string {
  return `# ${count}`;
}
