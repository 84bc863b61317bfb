import type { Binding, Json, Operation, PlannedRequest, Pointer, Slot } from '../model/index.ts';
import { isObject, member, sameJson } from '../schema/json.ts';
import { pointerOf, tokensOf, valueAt, withValueAt, withoutValueAt } from '../schema/pointer.ts';

/** A file that a binding puts in place of a binary member of a multipart body. */
export type BoundFile = NonNullable<Binding['file']>;

/** The bindings of one operation, in the order of the pack: the first that fits a place wins. */
export interface Bound {
  readonly body: readonly Binding[];
  /** Bindings of a parameter by `<in> <name>`. */
  parameter(place: string, name: string): readonly Binding[];
  /** Whether the pack leaves the member or parameter out of requests that are not about it. */
  omits(place: string, pointer: Pointer): boolean;
}

/** Selects what the pack binds in one operation. */
export function boundIn(bindings: readonly Binding[], operation: Operation): Bound {
  const own = bindings.filter((binding) => binding.operations.some((glob) => globFits(glob, operation.id)));
  return {
    body: own.filter((binding) => binding.in === 'body'),
    parameter: (place, name) => own.filter((binding) => binding.in === place && tokensOf(binding.at)[0] === name),
    omits: (place, pointer) => own.find((binding) => binding.in === place && patternFits(binding.at, pointer))?.omit === true,
  };
}

/** The value that a binding puts at its place: a fixed one, or the sample of a slot. */
export function boundValue(binding: Binding, nth = 0): Json | undefined {
  const values = binding.values ?? [];
  if (values.length > 0) return values[nth % values.length];
  return binding.slot === undefined ? undefined : `${binding.slot.replaceAll(/\W/g, '_')}_sample`;
}

/**
 * Puts the bound values into a body. `about` is the place that the case is about: what stands exactly there is kept,
 * unless it is a text where only a value of the run means anything. `accepts` judges the whole body; a value that
 * would make it invalid is not put. `keepsAll`: what the pack leaves out elsewhere is part of what the case is about.
 */
export function bindBody(
  bindings: readonly Binding[],
  body: Json,
  about: Pointer | undefined,
  accepts: (body: Json) => boolean,
  keepsAll = false,
): Json {
  let bound = body;
  const done = new Set<Pointer>();
  for (const binding of bindings) {
    for (const at of placesOf(bound, binding.at)) {
      if (done.has(at) || !holdsWhere(binding, bound, at)) continue;
      if (keepsAll && binding.omit === true) continue;
      done.add(at);
      if (at === about && !(binding.slot !== undefined && typeof valueAt(bound, at) === 'string')) continue;
      const next = changed(binding, bound, at, about);
      if (next !== undefined && next !== bound && accepts(next)) bound = next;
    }
  }
  return bound;
}

/** The bound values below a place, in a body that is invalid on purpose. */
export function bindBelow(bindings: readonly Binding[], body: Json, below: Pointer): Json {
  let bound = body;
  for (const binding of bindings.toReversed()) {
    for (const at of placesOf(bound, binding.at)) {
      const value = boundValue(binding);
      if (value !== undefined && at.startsWith(`${below}/`) && holdsWhere(binding, bound, at)) bound = withValueAt(bound, at, value);
    }
  }
  return bound;
}

function changed(binding: Binding, body: Json, at: Pointer, about: Pointer | undefined): Json | undefined {
  if (binding.omit === true) return about === undefined || !about.startsWith(`${at}/`) ? withoutValueAt(body, at) : undefined;
  if (about?.startsWith(`${at}/`)) return undefined;
  const last = Number(tokensOf(at).at(-1));
  const value = boundValue(binding, Number.isInteger(last) ? last : 0);
  return value === undefined || sameJson(valueAt(body, at), value) ? undefined : withValueAt(body, at, value);
}

/** The file bound to a member of a multipart body, by what stands beside it. */
export function boundFile(bindings: readonly Binding[], body: Json, at: Pointer): BoundFile | undefined {
  return bindings.find((binding) => binding.file && patternFits(binding.at, at) && holdsWhere(binding, body, at))?.file;
}

/** The places of the request whose value comes from the run: those that hold the sample of a slot. */
export function slotsOf(bound: Bound, request: PlannedRequest): Slot[] {
  const slots: Slot[] = [];
  const taken = new Set<Pointer>();
  const add = (at: Pointer, binding: Binding | undefined) => {
    if (!binding?.slot || taken.has(at)) return;
    taken.add(at);
    slots.push({ at, from: binding.slot, ...(binding.fresh && { fresh: true }) });
  };
  const slotFor = (bindings: readonly Binding[], value: Json) => bindings.find((binding) => binding.slot && isSample(binding, value));
  for (const [name, value] of Object.entries(request.pathParameters))
    add(`/pathParameters${pointerOf(name)}`, slotFor(bound.parameter('path', name), value));
  for (const [index, [name, value]] of request.query.entries()) add(`/query/${index}/1`, slotFor(bound.parameter('query', name), value));
  for (const [index, [name, value]] of request.headers.entries())
    add(`/headers/${index}/1`, slotFor(bound.parameter('header', name), value));
  const { body } = request;
  if (!body) return slots;
  const bindings = bound.body.filter((binding) => binding.slot);
  if ('json' in body) {
    for (const binding of bindings) {
      for (const at of placesOf(body.json, binding.at)) {
        const value = valueAt(body.json, at) as Json;
        if (isSample(binding, value) && holdsWhere(binding, body.json, at)) add(`/body/json${at}`, binding);
      }
    }
  } else if ('form' in body) {
    for (const [index, [name, value]] of body.form.entries()) add(`/body/form/${index}/1`, slotFor(named(bindings, name), value));
  } else if ('parts' in body) {
    for (const [index, part] of body.parts.entries()) {
      if (part.text !== undefined && part.filename === undefined)
        add(`/body/parts/${index}/text`, slotFor(named(bindings, part.name), part.text));
    }
  }
  return slots;
}

function named(bindings: readonly Binding[], name: string): Binding[] {
  return bindings.filter((binding) => tokensOf(binding.at)[0] === name);
}

function isSample(binding: Binding, value: Json): boolean {
  return binding.values ? binding.values.some((sample) => sameJson(sample, value)) : sameJson(boundValue(binding), value);
}

function holdsWhere(binding: Binding, body: Json, at: Pointer): boolean {
  if (!binding.where) return true;
  const parent = valueAt(body, pointerOf(...tokensOf(at).slice(0, -1)));
  const beside = member(parent, binding.where.member);
  return beside !== undefined && binding.where.values.some((value) => sameJson(value, beside));
}

/** The places of the value that a pointer pattern names; `*` stands for any entry or member. */
export function placesOf(value: Json, pattern: Pointer): Pointer[] {
  const found: Pointer[] = [];
  const tokens = patternTokens(pattern);
  look('', value, 0);
  return found;

  function look(at: Pointer, here: Json, depth: number): void {
    const token = tokens[depth];
    if (token === undefined) return void found.push(at);
    if (token !== '*') {
      const inner = Array.isArray(here) ? here[Number(token)] : member(here, token);
      if (inner !== undefined) look(at + pointerOf(token), inner, depth + 1);
    } else if (Array.isArray(here)) {
      for (const [index, entry] of here.entries()) look(`${at}/${index}`, entry, depth + 1);
    } else if (isObject(here)) {
      for (const [name, inner] of Object.entries(here)) look(at + pointerOf(name), inner, depth + 1);
    }
  }
}

const patterns = new Map<Pointer, readonly string[]>();

/** Bindings are looked up for every request that is made: each pattern is split once. */
function patternTokens(pattern: Pointer): readonly string[] {
  const known = patterns.get(pattern) ?? tokensOf(pattern);
  patterns.set(pattern, known);
  return known;
}

function patternFits(pattern: Pointer, at: Pointer): boolean {
  const wanted = patternTokens(pattern);
  const tokens = tokensOf(at);
  return wanted.length === tokens.length && wanted.every((token, index) => token === '*' || token === tokens[index]);
}

function globFits(glob: string, id: string): boolean {
  if (!/[*?]/.test(glob)) return glob === id;
  return new RegExp(
    `^${glob
      .replaceAll(/[.+^${}()|[\]\\]/g, String.raw`\$&`)
      .replaceAll('*', '.*')
      .replaceAll('?', '.')}$`,
  ).test(id);
}
