import type { Json, Pointer } from '../model/index.ts';
import { isObject } from '../schema/json.ts';
import type { Builder } from './builder.ts';
import { typeOf, type Alternative, type JsonType } from './shape.ts';
import { sitesOf } from './sites.ts';
import type { Root } from './workbench.ts';

/** What was sent already: how often each choice was made at a place, indexes of arrays being alike. */
export class Memory {
  readonly #times = new Map<string, number>();
  /** Whether a number below zero was drawn where no schema has a lower bound: perhaps nobody means it. */
  belowZero = false;

  times(mark: string): number {
    return this.#times.get(mark) ?? 0;
  }

  add(mark: string): void {
    this.#times.set(mark, this.times(mark) + 1);
  }

  addAll(marks: Iterable<string>): void {
    for (const mark of marks) this.add(mark);
  }

  /** Remembers every choice that makes this value of a root. */
  addValue(root: Pick<Root, 'places' | 'hint' | 'key'>, value: Json, build: Builder): void {
    for (const { at, here, alternative } of sitesOf(root, value, build)) {
      const place = root.key + at.replaceAll(/\/\d+(?=\/|$)/g, '/*');
      const type = typeOf(here);
      if (type) this.add(wayMark(place, alternative, type));
      if (alternative.limits.values || type === 'boolean') this.add(valueMark(place, here));
      else if (Array.isArray(here)) this.add(countMark(place, here.length));
      else if (isObject(here)) this.addAll(memberMarks(place, Object.keys(here)));
    }
  }
}

export function wayMark(place: Pointer, alternative: Alternative, type: JsonType): string {
  return `${place} ${type} ${alternative.branches.map(({ index }) => index).join('.')}`;
}

export function valueMark(place: Pointer, value: Json): string {
  return `${place} = ${JSON.stringify(value)}`;
}

export function countMark(place: Pointer, count: number): string {
  return `${place} # ${count}`;
}

/** One mark for each member that is there, and for each two that meet. */
export function* memberMarks(place: Pointer, names: readonly string[]): Iterable<string> {
  const sorted = names.toSorted();
  for (const [index, name] of sorted.entries()) {
    yield `${place} + ${name}`;
    for (const other of sorted.slice(index + 1)) yield `${place} + ${name} ${other}`;
  }
}
