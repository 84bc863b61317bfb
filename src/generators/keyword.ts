import type { Json, JsonObject, Level, Pointer } from '../model/index.ts';
import type { Builder } from './builder.ts';
import type { Alternative, JsonType, Limits, Place } from './shape.ts';

/** A valid instance at one place of a request, and the schema that holds the keyword in question. */
export interface Site {
  readonly value: Json;
  readonly schema: JsonObject;
  readonly place: Place;
  readonly alternative: Alternative;
  readonly build: Builder;
  /** Name of the member that holds the value, for plain readable samples. */
  readonly hint: string;
  /** The keywords that speak of another value, for keywords that contain schemas. */
  readonly keywordsAt: (here: Here) => Iterable<{ readonly site: Site; readonly keyword: Keyword }>;
}

/** A value and the alternative that it takes. */
export type Here = Pick<Site, 'value' | 'alternative' | 'build' | 'hint'>;

/** A valid value at the site that exercises one aspect of the keyword: its boundary, a neighbour, a member of an enum. */
export interface Exercise {
  readonly value: Json;
  readonly aspect: string;
}

/** One change at the site that breaks the keyword and nothing else. */
export interface Breach {
  /** Place of the change below the site; the site itself where absent. */
  readonly at?: Pointer;
  /** The new value there; absent means that what is there is removed. */
  readonly value?: Json;
  readonly aspect: string;
  /** Continues "the request …": `leaves out the required member "name"`. */
  readonly what: string;
  /** The member of the object that is missing or too many, where the keyword speaks of one. */
  readonly member?: string;
  /** The valid value of the site from which the change is made, where it is not the value of the site. */
  readonly from?: Json;
}

/** One JSON Schema keyword: how it constrains generation, what exercises it, what breaks it. */
export interface Keyword {
  readonly name: string;
  /** Other members of the schema that also call for `narrow`: keywords that only make sense together. */
  readonly with?: readonly string[];
  /** The instance types it speaks about; others are valid whatever it says. */
  readonly applies: readonly JsonType[];
  /** The level of refusing what breaks it. */
  readonly level: Level;
  readonly narrow: (limits: Limits, schema: JsonObject, place: Place) => void;
  readonly exercise?: (site: Site) => Iterable<Exercise>;
  /** Every breach starts from a value of its own (`from`), whatever stands at the site. */
  readonly startsAfresh?: true;
  readonly violate: (site: Site) => Iterable<Breach>;
}

/** The subschema under a keyword, as a place of its own. */
export function under(place: Place, schema: Json | undefined, ...tokens: readonly (string | number)[]): Place | undefined {
  if (typeof schema !== 'boolean' && (typeof schema !== 'object' || schema === null || Array.isArray(schema))) return undefined;
  const path = tokens.map((token) => `/${String(token).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
  return {
    schema: schema as JsonObject | boolean,
    pointer: place.pointer + path,
    ...(place.rule && { rule: place.rule }),
    ...(place.derived !== undefined && { derived: place.derived }),
  };
}
