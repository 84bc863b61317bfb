import type { Json, JsonObject, Pointer, SchemaRef } from '../model/index.ts';
import { type Tags, contradicts, createTagFinder } from '../schema/tags.ts';
import { isObject, listMember, member, objectMember, sameJson, stringMember } from '../schema/json.ts';
import { pointerOf, pointerOfReference, valueAt } from '../schema/pointer.ts';

/** Whether a value may need what errata repair: `false` is sure, `true` is worth a look with the document as published. */
export type FreedSearch = (ref: SchemaRef, value: unknown) => boolean;

/** One schema of the repaired document, beside the one at the same place of the document as published. */
interface Node {
  readonly ref: Pointer;
  /** The published document has no schema there. */
  readonly added: boolean;
  /** What this schema says itself differs from what the published one says. */
  readonly touched: boolean;
  readonly tags: Tags;
  /** Only those in which something differs. */
  readonly same: readonly (() => Node)[];
  readonly branchesFor: (value: unknown) => readonly Node[];
  readonly properties: ReadonlyMap<string, () => Node>;
  readonly others: (() => Node) | undefined;
  readonly items: (() => Node) | undefined;
}

/** They say nothing of which values are valid. */
const annotations = new Set(
  'title description default example examples deprecated readOnly writeOnly externalDocs xml discriminator $comment'.split(' '),
);
/** Walked into, and so are `properties`; what stands below other keywords counts as part of the schema around them. */
const lists = new Set(['allOf', 'anyOf']);
const schemas = new Set(['additionalProperties', 'items']);
const deepest = 64;

/**
 * Makes the search for values at places that errata changed: it walks only where the two documents differ, and asks the
 * published one for the smallest schema around the difference. Both are converted (`Contract.document`).
 */
export function createFreedSearch(
  repaired: JsonObject,
  letter: JsonObject,
  accepts: Readonly<Record<'repaired' | 'letter', (ref: SchemaRef, value: unknown) => boolean>>,
): FreedSearch {
  const tagsOf = createTagFinder(repaired);
  const nodes = new Map<Pointer, Node>();
  const scans = new Map<Pointer, { readonly differs: boolean; readonly targets: readonly Pointer[] }>();
  const reached = new Map<Pointer, boolean>();

  function scan(ref: Pointer) {
    const known = scans.get(ref);
    if (known !== undefined) return known;
    const targets = new Set<Pointer>();
    const differs = compare(valueAt(repaired, ref) as Json | undefined, valueAt(letter, ref) as Json | undefined, targets);
    const made = { differs, targets: [...targets] };
    scans.set(ref, made);
    return made;
  }

  /** Whether anything that the schema there leads to differs. */
  function reaches(ref: Pointer): boolean {
    const known = reached.get(ref);
    if (known !== undefined) return known;
    const seen = new Set([ref]);
    for (const place of seen) {
      const { differs, targets } = scan(place);
      if (differs || reached.get(place) === true) {
        reached.set(ref, true);
        return true;
      }
      for (const target of targets) seen.add(target);
    }
    for (const place of seen) reached.set(place, false);
    return false;
  }

  function nodeAt(ref: Pointer): Node {
    const known = nodes.get(ref);
    if (known !== undefined) return known;
    const schema = valueAt(repaired, ref) as Json | undefined;
    const published = valueAt(letter, ref) as Json | undefined;
    const child = (at: Pointer): (() => Node)[] => {
      let node: Node | undefined;
      return reaches(at) ? [() => (node ??= nodeAt(at))] : [];
    };
    const list = (keyword: string) => listMember(schema, keyword).flatMap((_, index) => child(ref + pointerOf(keyword, index)));
    const target = pointerOfReference(stringMember(schema, '$ref') ?? '');
    const properties = Object.keys(objectMember(schema, 'properties') ?? {}).flatMap((name) =>
      child(ref + pointerOf('properties', name)).map((one) => [name, one] as const),
    );
    const made: Node = {
      ref,
      added: published === undefined,
      touched: published !== undefined && saysOther(schema, published, (keyword) => reaches(ref + pointerOf(keyword))),
      tags: schema === undefined ? new Map() : tagsOf(schema),
      same: [...(target === undefined ? [] : child(target)), ...list('allOf')],
      branchesFor: branchesBy(list('anyOf')),
      properties: new Map(properties),
      others: isObject(member(schema, 'additionalProperties')) ? child(ref + pointerOf('additionalProperties'))[0] : undefined,
      items: isObject(member(schema, 'items')) ? child(ref + pointerOf('items'))[0] : undefined,
    };
    nodes.set(ref, made);
    return made;
  }

  function visit(node: Node, value: unknown, depth: number): boolean {
    if (depth > deepest) return true;
    if (node.added) return true;
    if (node.touched) return !accepts.letter(node.ref, value);
    for (const one of node.same) if (visit(one(), value, depth + 1)) return true;
    for (const branch of node.branchesFor(value)) {
      // What fits a new branch may fit an old one, too.
      if (!branch.added) {
        if (visit(branch, value, depth + 1)) return true;
      } else if (accepts.repaired(branch.ref, value)) return !accepts.letter(node.ref, value);
    }
    return Array.isArray(value) ? inList(node, value, depth) : isObject(value) && inObject(node, value, depth);
  }

  function inList({ items }: Node, value: readonly unknown[], depth: number): boolean {
    return items !== undefined && value.some((entry) => visit(items(), entry, depth + 1));
  }

  function inObject({ properties, others }: Node, value: JsonObject, depth: number): boolean {
    for (const [name, property] of properties) if (Object.hasOwn(value, name) && visit(property(), value[name], depth + 1)) return true;
    if (others === undefined) return false;
    return Object.entries(value).some(([name, content]) => !properties.has(name) && visit(others(), content, depth + 1));
  }

  return (ref, value) => reaches(ref) && visit(nodeAt(ref), value, 0);
}

/** The branches of a union that a value does not contradict by a tag. Unions of dozens are told apart by one tag: that is looked up. */
function branchesBy(made: readonly (() => Node)[]): Node['branchesFor'] {
  if (made.length === 0) return () => none;
  let index: ReturnType<typeof indexed> | undefined;
  return (value) => {
    const { name, byTag, untagged, all } = (index ??= indexed(made.map((one) => one())));
    const given = name === undefined ? undefined : member(value, name);
    const left = typeof given === 'string' ? (byTag.get(given) ?? untagged) : all;
    return left.filter(({ tags }) => !contradicts(value, tags));
  };
}

const none: readonly Node[] = [];

/** Branches by the texts of the tag that the first of them has; with each text those that lack the tag. */
function indexed(all: readonly Node[]) {
  const [name] = [...(all.find(({ tags }) => tags.size > 0)?.tags.keys() ?? [])];
  const valuesOf = ({ tags }: Node): readonly Json[] => (name === undefined ? [] : (tags.get(name) ?? []));
  const texts = new Set(all.flatMap(valuesOf));
  const fits = (node: Node, text: Json): boolean => valuesOf(node).length === 0 || valuesOf(node).includes(text);
  const byTag = new Map([...texts].map((text) => [text, all.filter((node) => fits(node, text))]));
  return { name, byTag, untagged: all.filter((node) => valuesOf(node).length === 0), all };
}

/** Keywords whose members are names of the user, not keywords. */
const maps = new Set(['properties', 'patternProperties', 'dependentSchemas', '$defs', 'definitions']);

/** Whether two schemas differ anywhere below, annotations apart; gathers what the first one refers to. */
function compare(one: Json | undefined, other: Json | undefined, targets: Set<Pointer>, isMap = false): boolean {
  if (Array.isArray(one)) {
    const others: readonly Json[] = Array.isArray(other) ? other : [];
    const found = one.map((entry, index) => compare(entry, others[index], targets));
    return one.length !== others.length || found.includes(true);
  }
  if (!isObject(one)) return one !== other;
  const namesOf = (schema: JsonObject): string[] => (isMap ? Object.keys(schema) : keywordsOf(schema));
  const target = isMap ? undefined : pointerOfReference(stringMember(one, '$ref') ?? '');
  if (target !== undefined) targets.add(target);
  const found = namesOf(one).map((name) => compare(member(one, name), member(other, name), targets, !isMap && maps.has(name)));
  return !isObject(other) || namesOf(other).some((name) => !Object.hasOwn(one, name)) || found.includes(true);
}

function keywordsOf(schema: JsonObject): string[] {
  return Object.keys(schema).filter((name) => !annotations.has(name) && !name.startsWith('x-'));
}

/** Whether a schema itself says other than the published one: all but what its walked parts say for themselves. */
function saysOther(schema: Json | undefined, published: Json | undefined, reaches: (keyword: string) => boolean): boolean {
  if (!isObject(schema) || !isObject(published)) return !sameJson(schema, published);
  const names = new Set([...keywordsOf(schema), ...keywordsOf(published)]);
  return [...names].some((name) => {
    const one = member(schema, name);
    const other = member(published, name);
    if (one === undefined || other === undefined) return true;
    if (name === 'properties' && isObject(one) && isObject(other))
      return Object.keys(other).some((property) => !Object.hasOwn(one, property));
    if (lists.has(name) && Array.isArray(one) && Array.isArray(other)) return other.length > one.length;
    if (schemas.has(name) && isObject(one) && isObject(other)) return false;
    return !sameJson(one, other) || (typeof one === 'object' && reaches(name));
  });
}
