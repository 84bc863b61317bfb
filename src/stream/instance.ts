import type { ByteMatcher, Text } from './text.ts';

/** One thing that the stream opened: a choice, an item, a step; the stream itself is the root. */
export interface Instance {
  readonly entity: string;
  readonly key: string | number;
  readonly parent: Instance | undefined;
  readonly id: string | undefined;
  readonly kind: string | undefined;
  /** The object that opened it, and the one that closed it. */
  readonly opened: unknown;
  closed: unknown;
  open: boolean;
  /** Opened by no event of its own: what its opening would have shown is not judged. */
  readonly implicit: boolean;
  /** It was open when a resumed stream set in: only the end of what it holds was seen. */
  readonly joined: boolean;
  /** A fault opened it: an event that named none that was there, or one that opened it again. Nobody promised its end. */
  readonly stray: boolean;
  /** A fault was found in it: what follows from that fault is not judged. */
  tainted: boolean;
  progress: number;
  /** Names of ops and values seen, with the index of the event. */
  readonly marks: Map<string, number>;
  readonly texts: Map<string, Text>;
  readonly lists: Map<string, unknown[]>;
  readonly bytes: Map<string, ByteMatcher>;
  readonly numbers: Map<string, number>;
  merged: unknown;
  readonly families: Map<string, Family>;
}

/** The children of one entity under one parent. */
export interface Family {
  readonly byKey: Map<string | number, Instance>;
  /** In the order of opening. */
  readonly order: Instance[];
  readonly ids: Set<string>;
  readonly open: Set<Instance>;
  latest: Instance | undefined;
  /** A key out of order was reported: the keys that follow are taken as they come. */
  disordered: boolean;
  miscounted: boolean;
  /** A piece that named none of them may have closed one. */
  astray: boolean;
}

export function createInstance(entity: string, key: string | number, parent: Instance | undefined, more: Partial<Instance> = {}): Instance {
  return {
    entity,
    key,
    parent,
    id: undefined,
    kind: undefined,
    opened: undefined,
    closed: undefined,
    open: true,
    implicit: false,
    joined: false,
    stray: false,
    tainted: false,
    progress: -1,
    marks: new Map(),
    texts: new Map(),
    lists: new Map(),
    bytes: new Map(),
    numbers: new Map(),
    merged: undefined,
    families: new Map(),
    ...more,
  };
}

export function familyOf(parent: Instance, entity: string): Family {
  let family = parent.families.get(entity);
  if (family === undefined) {
    family = {
      byKey: new Map(),
      order: [],
      ids: new Set(),
      open: new Set(),
      latest: undefined,
      disordered: false,
      miscounted: false,
      astray: false,
    };
    parent.families.set(entity, family);
  }
  return family;
}

/** `item 1 / part 0`; `undefined` for the stream itself. */
export function labelOf(instance: Instance): string | undefined {
  const names: string[] = [];
  for (let one: Instance | undefined = instance; one?.parent !== undefined; one = one.parent)
    names.unshift(one.key === '' ? one.entity : `${one.entity} ${one.key}`);
  return names.length === 0 ? undefined : names.join(' / ');
}

/** Nothing that rests on the text of this entity, or of those around it, is judged from here on. */
export function taint(instance: Instance): void {
  for (let one: Instance | undefined = instance; one?.parent !== undefined; one = one.parent) one.tainted = true;
}
