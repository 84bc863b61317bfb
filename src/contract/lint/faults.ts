import type { JsonObject, LintEntry, Operation, Pointer } from '../../model/index.ts';
import { quote } from '../../schema/describe.ts';
import { isObject, listMember, stringMember } from '../../schema/json.ts';
import { pointerOf, pointerOfReference, tokensOf, valueAt } from '../../schema/pointer.ts';
import { keywordForms } from '../keywords.ts';
import type { DocumentObject } from '../walk.ts';

/**
 * The faults of the document as it is written that no validator can work with: a keyword that cannot be what it says, a reference to nothing,
 * a schema that is nothing but itself. What uses one is left out by name.
 */
export function faultsOf(source: JsonObject, objects: readonly DocumentObject[]): readonly LintEntry[] {
  const names = new Set(objects.flatMap(({ value }) => namesOf(value)));
  return [
    ...objects.filter(({ kind }) => kind === 'schema').flatMap(malformed),
    ...objects.flatMap((object) => dangling(source, names, object)),
    ...circular(source, objects),
  ].map((entry) => ({ ...entry, skips: ownerOf(entry.pointer) }));
}

function malformed({ value, pointer }: DocumentObject): LintEntry[] {
  return Object.entries(value).flatMap(([keyword, content]) => {
    const form = keywordForms.get(keyword);
    if (form === undefined || form.fits(content)) return [];
    const rule = keyword === 'pattern' ? 'bad-pattern' : 'malformed-keyword';
    return [{ rule, pointer: pointer + pointerOf(keyword), message: `\`${keyword}\` must be ${form.what}, not ${quote(content)}` }];
  });
}

function namesOf(value: JsonObject): string[] {
  const anchors = ['$anchor', '$dynamicAnchor'].flatMap((keyword) => stringMember(value, keyword) ?? []);
  return [...anchors.map((anchor) => `#${anchor}`), ...[stringMember(value, '$id') ?? []].flat()];
}

function dangling(source: JsonObject, names: ReadonlySet<string>, { value, pointer }: DocumentObject): LintEntry[] {
  const reference = stringMember(value, '$ref');
  if (reference === undefined || names.has(reference)) return [];
  const target = pointerOfReference(reference);
  if (target !== undefined && valueAt(source, target) !== undefined) return [];
  const message = target === undefined ? `${reference} is not in the document` : `${reference} refers to nothing`;
  return [{ rule: 'dangling-ref', pointer: `${pointer}/$ref`, message }];
}

/** Schemas that lead back to themselves without looking at a part of the value: `A: {allOf: [{$ref: A}]}`. */
function circular(source: JsonObject, objects: readonly DocumentObject[]): LintEntry[] {
  const state = new Map<Pointer, 'open' | 'done'>();
  const found: LintEntry[] = [];
  const visit = (pointer: Pointer): void => {
    if (state.get(pointer) === 'done') return;
    if (state.get(pointer) === 'open') {
      found.push({ rule: 'circular-ref', pointer, message: `The schema ${pointer} refers to itself without end` });
      return;
    }
    state.set(pointer, 'open');
    for (const target of inPlaceReferences(valueAt(source, pointer))) visit(target);
    state.set(pointer, 'done');
  };
  for (const { value, kind } of objects) {
    const target = kind === 'schema' ? pointerOfReference(stringMember(value, '$ref') ?? '') : undefined;
    if (target !== undefined) visit(target);
  }
  return found;
}

const inPlace = { one: ['not', 'if', 'then', 'else'], list: ['allOf', 'anyOf', 'oneOf'] } as const;

function inPlaceReferences(schema: unknown): Pointer[] {
  if (!isObject(schema)) return [];
  const own = pointerOfReference(stringMember(schema, '$ref') ?? '');
  const nested = [
    ...inPlace.one.map((keyword) => (Object.hasOwn(schema, keyword) ? schema[keyword] : undefined)),
    ...inPlace.list.flatMap((keyword) => listMember(schema, keyword)),
  ];
  return [...(own === undefined ? [] : [own]), ...nested.flatMap(inPlaceReferences)];
}

/** The component or operation that a place belongs to. */
function ownerOf(pointer: Pointer): Pointer {
  return pointerOf(...tokensOf(pointer).slice(0, 3));
}

/** Takes out the operations that reach a fault, through any number of references, each with an entry that names it. */
export function withoutFaulty(
  objects: readonly DocumentObject[],
  operations: readonly Operation[],
  faults: readonly LintEntry[],
): { readonly operations: readonly Operation[]; readonly lint: readonly LintEntry[] } {
  if (faults.length === 0) return { operations, lint: [] };
  const references = new Subtrees(referencesOf(objects), ({ from }) => from);
  const faultPlaces = new Subtrees(faults, ({ pointer }) => pointer);
  const lint: LintEntry[] = [];
  const kept = operations.filter((operation) => {
    const fault = faultReachedFrom([operation.pointer, pathOf(operation.pointer, '/parameters')], references, faultPlaces);
    if (fault === undefined) return true;
    lint.push({
      rule: 'faulty-operation',
      pointer: operation.pointer,
      message: `It uses ${fault.pointer}, where ${fault.message}`,
      skips: operation.id,
    });
    return false;
  });
  return { operations: kept, lint };
}

function pathOf(operation: Pointer, suffix: string): Pointer {
  return operation.slice(0, operation.lastIndexOf('/')) + suffix;
}

interface Reference {
  readonly from: Pointer;
  readonly to: Pointer;
}

function referencesOf(objects: readonly DocumentObject[]): readonly Reference[] {
  return objects.flatMap(({ value, pointer }) => {
    const to = pointerOfReference(stringMember(value, '$ref') ?? '');
    return to === undefined ? [] : [{ from: pointer, to }];
  });
}

function faultReachedFrom(starts: readonly Pointer[], references: Subtrees<Reference>, faults: Subtrees<LintEntry>): LintEntry | undefined {
  const open = [...starts];
  const seen = new Set(open);
  for (let place = open.pop(); place !== undefined; place = open.pop()) {
    // What a callback receives is no part of the operation's own exchange.
    const callbacks = `${place}/callbacks/`;
    const [fault] = faults.within(place).filter(({ pointer }) => !pointer.startsWith(callbacks));
    if (fault !== undefined) return fault;
    for (const { from, to } of references.within(place)) {
      if (seen.has(to) || from.startsWith(callbacks)) continue;
      seen.add(to);
      open.push(to);
    }
  }
  return undefined;
}

/** Entries by the place they stand at, sorted once, so that those inside a place are one stretch. */
class Subtrees<Entry> {
  readonly #entries: readonly (readonly [Pointer, Entry])[];

  constructor(entries: readonly Entry[], placeOf: (entry: Entry) => Pointer) {
    // A closing slash keeps `/a/b` in front of what is inside it, and `/a/bc` apart.
    const placed = entries.map((entry) => [`${placeOf(entry)}/`, entry] as const);
    this.#entries = placed.toSorted(([left], [right]) => (left < right ? -1 : Number(left > right)));
  }

  within(place: Pointer): readonly Entry[] {
    const prefix = `${place}/`;
    let [low, high] = [0, this.#entries.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#entries[middle]?.[0] ?? '') < prefix) low = middle + 1;
      else high = middle;
    }
    const found: Entry[] = [];
    for (let entry = this.#entries[low]; entry?.[0].startsWith(prefix) === true; entry = this.#entries[low]) {
      found.push(entry[1]);
      low += 1;
    }
    return found;
  }
}
