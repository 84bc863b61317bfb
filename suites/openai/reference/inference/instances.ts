import { createJudge, type Json, type JsonObject } from 'assay/pack';
import { generateSync, type JsonSchema } from 'json-schema-faker';

/**
 * An instance of a schema that a client gave, deterministic and valid under it: tool arguments and structured answers.
 * `{}` where the schema is broken or where neither our maker nor json-schema-faker finds a valid value.
 */
export function instanceOf(schema: Json | undefined, words: string): Json {
  if (!isObject(schema)) return {};
  const known = made.get(schema) ?? new Map<string, Json>();
  const instance = known.get(words) ?? makeValid(schema, words);
  made.set(schema, known.set(words, instance));
  return instance;
}

/** Every choice of one request asks for the same instance. */
const made = new WeakMap<JsonObject, Map<string, Json>>();

function makeValid(schema: JsonObject, words: string): Json {
  const instance = make(schema, { root: schema, words, depth: 0 });
  try {
    // The judge runs a client's patterns under a clock.
    const judge = createJudge(schema);
    if (judge.accepts('', instance)) return instance;
    return faked(schema, (value) => judge.accepts('', value)) ?? {};
  } catch {
    return instance ?? {};
  }
}

// Sizes that only a client with ill intent asks for.
const excessive = /"min(?:Length|Items|Properties)":\s*\d{5}|\{\d{4}/u;

function faked(schema: JsonObject, accepts: (value: Json) => boolean): Json | undefined {
  const text = JSON.stringify(schema);
  if (text.length > 50_000 || excessive.test(text)) return undefined;
  for (let seed = 1; seed <= 3; seed += 1) {
    const value = generateSync(schema as JsonSchema, { seed, alwaysFakeOptionals: true }) as Json;
    if (accepts(value)) return value;
  }
  return undefined;
}

interface Place {
  readonly root: JsonObject;
  readonly words: string;
  readonly depth: number;
  readonly name?: string;
}

function make(schema: Json | undefined, place: Place): Json {
  if (!isObject(schema) || place.depth > 12) return null;
  const deeper = { ...place, depth: place.depth + 1 };
  if (schema['const'] !== undefined) return schema['const'];
  if (Array.isArray(schema['enum']) && schema['enum'].length > 0) return schema['enum'][0] as Json;
  if (typeof schema['$ref'] === 'string') return make(resolve(place.root, schema['$ref']), deeper);
  const branches = schema['anyOf'] ?? schema['oneOf'];
  if (Array.isArray(branches)) {
    const { anyOf: _any, oneOf: _one, ...rest } = schema;
    return make(merge(rest, follow((branches as Json[]).find((branch) => !isNull(branch)) ?? (branches[0] as Json), place)), deeper);
  }
  if (Array.isArray(schema['allOf'])) {
    const { allOf, ...rest } = schema;
    return make(
      (allOf as Json[]).reduce<JsonObject>((all, one) => merge(all, follow(one, place)), rest),
      deeper,
    );
  }
  return byType[typeOf(schema)]?.(schema, deeper) ?? null;
}

const byType: Readonly<Record<string, (schema: JsonObject, place: Place) => Json>> = {
  null: () => null,
  boolean: () => true,
  integer: (schema) => number(schema, 1),
  number: (schema) => number(schema, 0.5),
  string: (schema, place) => text(schema, place),
  array: (schema, place) => {
    const least = numberOf(schema['minItems']) ?? 0;
    const most = numberOf(schema['maxItems']) ?? 64;
    const first = Array.isArray(schema['prefixItems']) ? (schema['prefixItems'] as Json[]) : [];
    const length = Math.min(Math.max(first.length, least, 1), most, 64);
    return Array.from({ length }, (_, at) => {
      const value = make(first[at] ?? schema['items'] ?? { type: 'string' }, { ...place, name: `${place.name ?? 'item'} ${at + 1}` });
      return schema['uniqueItems'] === true && at > 0 ? vary(value, at) : value;
    });
  },
  object: (schema, place) => {
    const properties = isObject(schema['properties']) ? schema['properties'] : {};
    const required = Array.isArray(schema['required']) ? (schema['required'] as string[]) : [];
    const names = [...new Set([...Object.keys(properties), ...required])];
    // Past some depth only what must be there, so that a schema that refers to itself comes to an end.
    const wanted = place.depth > 6 ? required : names;
    return Object.fromEntries(wanted.map((name) => [name, make(properties[name] ?? { type: 'string' }, { ...place, name })]));
  },
};

function number(schema: JsonObject, step: number): number {
  const unit = numberOf(schema['multipleOf']) ?? step;
  const least = numberOf(schema['minimum']);
  const above = numberOf(schema['exclusiveMinimum']);
  const most = numberOf(schema['maximum']);
  const below = numberOf(schema['exclusiveMaximum']);
  const low = least ?? (above === undefined ? undefined : above + unit);
  const high = most ?? (below === undefined ? undefined : below - unit);
  const wanted = low !== undefined && low > unit ? low : high !== undefined && high < unit ? high : unit;
  const rounded = Math.ceil(wanted / unit) * unit;
  return high !== undefined && rounded > high ? Math.floor(high / unit) * unit : rounded;
}

const formats: Readonly<Record<string, string>> = {
  date: '2025-03-21',
  'date-time': '2025-03-21T12:00:00Z',
  time: '12:00:00Z',
  duration: 'PT5M',
  email: 'someone@example.com',
  hostname: 'example.com',
  ipv4: '192.0.2.1',
  ipv6: '2001:db8::1',
  uri: 'https://example.com/',
  url: 'https://example.com/',
  uuid: '3f2a51c4-8f0e-4b7e-9d67-0c2f1d1f6a11',
};

function text(schema: JsonObject, place: Place): string {
  const format = typeof schema['format'] === 'string' ? formats[schema['format']] : undefined;
  const wanted = format ?? `${place.words} ${place.name ?? ''}`.trim();
  const least = numberOf(schema['minLength']) ?? 0;
  const most = numberOf(schema['maxLength']) ?? 10_000;
  const padded = wanted.length < least ? wanted.padEnd(Math.min(least, 10_000), ` ${wanted}`) : wanted;
  return [...padded].slice(0, most).join('');
}

function vary(value: Json, at: number): Json {
  if (typeof value === 'number') return value + at;
  return typeof value === 'string' ? `${value} ${at}` : value;
}

function typeOf(schema: JsonObject): string {
  const type = Array.isArray(schema['type']) ? ((schema['type'] as string[]).find((one) => one !== 'null') ?? 'null') : schema['type'];
  if (typeof type === 'string') return type;
  if (schema['items'] !== undefined || schema['prefixItems'] !== undefined) return 'array';
  if (schema['minimum'] !== undefined || schema['maximum'] !== undefined) return 'number';
  if (schema['minLength'] !== undefined || schema['pattern'] !== undefined) return 'string';
  return schema['properties'] !== undefined || schema['required'] !== undefined || Object.keys(schema).length > 0 ? 'object' : 'string';
}

function follow(schema: Json, place: Place): JsonObject {
  if (!isObject(schema)) return {};
  const target = typeof schema['$ref'] === 'string' ? resolve(place.root, schema['$ref']) : schema;
  return isObject(target) ? target : {};
}

function merge(one: JsonObject, other: JsonObject): JsonObject {
  const properties = {
    ...(isObject(one['properties']) ? one['properties'] : {}),
    ...(isObject(other['properties']) ? other['properties'] : {}),
  };
  const required = [
    ...(Array.isArray(one['required']) ? one['required'] : []),
    ...(Array.isArray(other['required']) ? other['required'] : []),
  ];
  return {
    ...one,
    ...other,
    ...(Object.keys(properties).length > 0 && { properties }),
    ...(required.length > 0 && { required }),
  } as JsonObject;
}

function resolve(root: JsonObject, ref: string): Json | undefined {
  if (ref === '#') return root;
  let value: Json | undefined = root;
  for (const token of ref.replace(/^#\/?/u, '').split('/')) {
    const name = decodeURIComponent(token).replaceAll('~1', '/').replaceAll('~0', '~');
    value = isObject(value) && Object.hasOwn(value, name) ? value[name] : undefined;
  }
  return value;
}

function isNull(schema: Json): boolean {
  return isObject(schema) && schema['type'] === 'null';
}

function numberOf(value: Json | undefined): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
