import type { JsonObject, Level, Pointer } from '../model/index.ts';

/** The JSON types that an instance can have; `integer` is a number with `integer` set in {@link Limits}. */
export type JsonType = 'null' | 'boolean' | 'number' | 'string' | 'array' | 'object';

/** The rule of the prose (`x-assay-rule`) that a schema belongs to. */
export interface Rule {
  readonly id: string;
  readonly level?: Level;
}

/** A schema and where it stands. A derived one (from `not`) has no pointer of its own and names the schema it came from. */
export interface Place {
  readonly schema: JsonObject | boolean;
  readonly pointer: Pointer;
  readonly rule?: Rule;
  readonly derived?: string;
}

/** What one schema says of the members of an object. */
export interface MemberFacet {
  readonly pointer: Pointer;
  readonly rule?: Rule;
  readonly properties: ReadonlyMap<string, Place>;
  readonly patterns: readonly (readonly [RegExp, Place])[];
  readonly additional?: Place;
  readonly unevaluated?: Place;
}

/** What one schema says of the entries of an array. */
export interface ItemFacet {
  readonly prefix: readonly Place[];
  readonly items?: Place;
  readonly unevaluated?: Place;
}

/** One `contains` with its bounds. */
export interface ContainsFacet {
  readonly place: Place;
  readonly min: number;
  readonly max: number;
}

/** Everything that the schemas of one place demand together, union branches chosen. Keyword files narrow it. */
export interface Limits {
  types: Set<JsonType>;
  integer: boolean;
  values: readonly unknown[] | undefined;
  readonly excluded: unknown[];
  minimum: number;
  maximum: number;
  exclusiveMinimum: number;
  exclusiveMaximum: number;
  readonly multiples: number[];
  minLength: number;
  maxLength: number;
  readonly patterns: string[];
  format: string | undefined;
  minItems: number;
  maxItems: number;
  uniqueItems: boolean;
  readonly items: ItemFacet[];
  readonly contains: ContainsFacet[];
  minProperties: number;
  maxProperties: number;
  readonly required: Set<string>;
  readonly forbidden: Set<string>;
  readonly members: MemberFacet[];
  readonly names: Place[];
  readonly dependent: Map<string, Set<string>>;
}

/** One way to satisfy a place: its schemas with one branch of every union taken. */
export interface Alternative {
  readonly key: string;
  readonly places: readonly Place[];
  readonly limits: Limits;
  /** Schemas with `if`, `dependentSchemas`: decided once there is a value. */
  readonly conditionals: readonly Place[];
  /** `not` schemas that could not be turned into limits. */
  readonly rejects: readonly Place[];
  readonly branches: readonly Branch[];
}

/** The branch of a union that an alternative takes. */
export interface Branch {
  readonly union: Place;
  readonly keyword: 'anyOf' | 'oneOf';
  readonly index: number;
  readonly of: number;
  readonly place: Place;
}

export const jsonTypes: readonly JsonType[] = ['object', 'array', 'string', 'number', 'boolean', 'null'];

/** Limits that nothing has narrowed. */
export function noLimits(): Limits {
  return {
    types: new Set(jsonTypes),
    integer: false,
    values: undefined,
    excluded: [],
    minimum: -Infinity,
    maximum: Infinity,
    exclusiveMinimum: -Infinity,
    exclusiveMaximum: Infinity,
    multiples: [],
    minLength: 0,
    maxLength: Infinity,
    patterns: [],
    format: undefined,
    minItems: 0,
    maxItems: Infinity,
    uniqueItems: false,
    items: [],
    contains: [],
    minProperties: 0,
    maxProperties: Infinity,
    required: new Set(),
    forbidden: new Set(),
    members: [],
    names: [],
    dependent: new Map(),
  };
}

/** The JSON type of a value; `undefined` for what JSON cannot hold. */
export function typeOf(value: unknown): JsonType | undefined {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  switch (typeof value) {
    case 'boolean':
    case 'number':
    case 'string':
    case 'object':
      return typeof value as JsonType;
    default:
      return undefined;
  }
}
