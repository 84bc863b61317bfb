import type { Json, JsonObject, Pointer, SchemaJudge } from '../model/index.ts';
import { isObject, listMember } from '../schema/json.ts';
import type { Alternative, Place } from './shape.ts';

/** A condition or a `not` of a place, which is decided once there is a value. */
interface Check {
  readonly holds: (value: Json) => boolean;
  /** The members that it asks about, and after them those that it speaks of. */
  readonly names: readonly string[];
}

/** What of an alternative has to be decided on a whole value. */
export function checksOf(alternative: Alternative, judge: Pick<SchemaJudge, 'accepts'>): readonly Check[] {
  const own = ({ derived }: Place) => derived === undefined;
  const accepts = (pointer: Pointer) => (value: Json) => judge.accepts(pointer, value);
  const refuses = (pointer: Pointer) => (value: Json) => !judge.accepts(pointer, value);
  return [
    ...alternative.conditionals.filter(own).map(({ schema, pointer }) => ({ holds: accepts(pointer), names: askedBy(schema) })),
    ...alternative.rejects.filter(own).map(({ schema, pointer }) => ({ holds: refuses(pointer), names: [...namesIn(schema)] })),
  ];
}

/** The first of the checks that the value does not pass. */
export function brokenOf(checks: readonly Check[], value: Json | undefined): Check | undefined {
  return value === undefined ? undefined : checks.find(({ holds }) => !holds(value));
}

function askedBy(schema: JsonObject | boolean): readonly string[] {
  if (!isObject(schema)) return [];
  const dependent = isObject(schema['dependentSchemas']) ? Object.keys(schema['dependentSchemas']) : [];
  return [...new Set([...namesIn(schema['if']), ...dependent, ...namesIn(schema['then']), ...namesIn(schema['else'])])];
}

function namesIn(schema: Json | undefined): ReadonlySet<string> {
  const names = new Set<string>();
  if (!isObject(schema)) return names;
  for (const name of listMember(schema, 'required')) if (typeof name === 'string') names.add(name);
  for (const name of isObject(schema['properties']) ? Object.keys(schema['properties']) : []) names.add(name);
  for (const keyword of ['allOf', 'anyOf', 'oneOf'] as const)
    for (const part of listMember(schema, keyword)) for (const name of namesIn(part)) names.add(name);
  for (const name of namesIn(schema['not'])) names.add(name);
  return names;
}
