import type { Contract, ExchangeEvent, Json, Operation, Pointer, ResponseView, SchemaJudge } from '../model/index.ts';
import { isObject, listMember, member, objectMember, sameJson, stringMember } from '../schema/json.ts';
import { pointerOf, pointerOfReference, valueAt } from '../schema/index.ts';

/** Says what a body shows of its schema that the bodies of the same operation before it did not. */
export type SeenCollector = (operation: Operation, response: ResponseView | undefined) => ExchangeEvent['seen'];

/** Entries of one array that are looked at: a list shows its kinds in its first rows. */
const entriesLookedAt = 50;
const deepest = 32;
const patience = 20;

/** Collects the union branches that took a value, and the enum members that came, by operation. */
export function createSeenCollector(contract: Contract, judge: SchemaJudge): SeenCollector {
  const known = new Map<string, Set<string>>();
  const quiet = new Map<string, number>();
  const schemas = new Map<Pointer, unknown>();
  /** Bodies of one operation walk the same pointers again and again. */
  const schemaAt = (ref: Pointer): unknown => {
    if (!schemas.has(ref)) schemas.set(ref, valueAt(contract.document, ref));
    return schemas.get(ref);
  };

  return (operation, response) => {
    const media = response?.declaredMedia;
    if (media?.schema === undefined || response?.json === undefined) return undefined;
    // A long run of bodies that show nothing new is looked at now and then only: walking costs more than judging.
    const idle = quiet.get(operation.id) ?? 0;
    quiet.set(operation.id, idle + 1);
    if (idle > patience && idle % patience !== 0) return undefined;
    const found = { branches: [] as Pointer[], enums: [] as (readonly [Pointer, Json])[], declared: [] as (readonly [Pointer, number])[] };
    const seen = known.get(operation.id) ?? new Set<string>();
    known.set(operation.id, seen);
    const isNew = (key: string): boolean => seen.size < seen.add(key).size;
    walk(media.schema, response.json, 0);
    if (found.branches.length + found.enums.length + found.declared.length === 0) return undefined;
    quiet.set(operation.id, 0);
    return found;

    function walk(ref: Pointer, value: Json, depth: number): void {
      const schema = schemaAt(ref);
      if (!isObject(schema) || depth > deepest) return;
      const target = pointerOfReference(stringMember(schema, '$ref') ?? '');
      if (target !== undefined) walk(target, value, depth + 1);
      lookAtEnum(ref, listMember(schema, 'enum'), value);
      for (const keyword of ['anyOf', 'oneOf']) lookAtUnion(ref + pointerOf(keyword), listMember(schema, keyword).length, value, depth);
      for (const index of listMember(schema, 'allOf').keys()) walk(ref + pointerOf('allOf', index), value, depth + 1);
      if (Array.isArray(value)) {
        for (const entry of value.slice(0, entriesLookedAt)) walk(ref + pointerOf('items'), entry as Json, depth + 1);
      } else if (isObject(value)) {
        const properties = objectMember(schema, 'properties');
        for (const [name, content] of Object.entries(value)) {
          const place = member(properties, name) === undefined ? pointerOf('additionalProperties') : pointerOf('properties', name);
          walk(ref + place, content, depth + 1);
        }
      }
    }

    function lookAtEnum(ref: Pointer, members: readonly Json[], value: Json): void {
      // One member is a tag, not a choice.
      if (members.length < 2 || !members.some((one) => sameJson(one, value))) return;
      if (isNew(`${ref} of`)) found.declared.push([ref, members.length]);
      if (isNew(`${ref} ${JSON.stringify(value)}`)) found.enums.push([ref, value]);
    }

    function lookAtUnion(ref: Pointer, branches: number, value: Json, depth: number): void {
      for (let index = 0; index < branches; index++) {
        const branch = ref + pointerOf(index);
        if (!judge.accepts(branch, value)) continue;
        if (branches > 1 && isNew(`${ref} of`)) found.declared.push([ref, branches]);
        if (branches > 1 && isNew(branch)) found.branches.push(branch);
        walk(branch, value, depth + 1);
        // Overlapping branches say the same of the value: the first is where it belongs.
        return;
      }
    }
  };
}
