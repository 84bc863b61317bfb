import type { Json, Pointer } from '../model/index.ts';
import { isObject } from '../schema/json.ts';
import { pointerOf } from '../schema/pointer.ts';
import type { Builder } from './builder.ts';
import { typeOf, type Alternative, type Place } from './shape.ts';
import type { Root } from './workbench.ts';

/** One place of a given valid value, and the alternative of its schemas that the value takes there. */
export interface PlaceInValue {
  readonly at: Pointer;
  readonly here: Json;
  readonly hint: string;
  readonly alternative: Alternative;
}

// Requests are small; what lies beyond is much like what came before.
const most = 400;

/** The places of a valid value that some schema speaks of. */
export function sitesOf(root: Pick<Root, 'places' | 'hint'>, value: Json, build: Builder): PlaceInValue[] {
  const sites: PlaceInValue[] = [];
  const open: { readonly places: readonly Place[]; readonly at: Pointer; readonly here: Json; readonly hint: string }[] = [
    { places: root.places, at: '', here: value, hint: root.hint },
  ];
  for (let next = open.shift(); next && sites.length < most; next = open.shift()) {
    const { at, here, hint } = next;
    const alternative = takenBy(build.alternativesOf(next.places), here, build);
    if (!alternative) continue;
    sites.push({ at, here, hint, alternative });
    if (isObject(here)) {
      for (const [name, inner] of Object.entries(here)) {
        const places = build.memberOf(alternative, name);
        if (places) open.push({ places, at: at + pointerOf(name), here: inner, hint: name });
      }
    } else if (Array.isArray(here)) {
      for (const [index, entry] of here.entries()) {
        const places = build.entryOf(alternative, index);
        if (places) open.push({ places, at: `${at}/${index}`, here: entry as Json, hint });
      }
    }
  }
  return sites;
}

/** The first alternative whose branches all take the value. */
function takenBy(alternatives: readonly Alternative[], value: Json, build: Builder): Alternative | undefined {
  const type = typeOf(value);
  return alternatives.find(({ limits, branches }) => {
    return type !== undefined && limits.types.has(type) && branches.every(({ place }) => build.accepts(place, value));
  });
}
