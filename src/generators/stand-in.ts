import type { Case, Json, MediaType, NameValue, PlannedRequest, SchemaError } from '../model/index.ts';
import { isObject } from '../schema/json.ts';
import { pointerOf, tokensOf, valueAt, withValueAt, withoutValueAt } from '../schema/pointer.ts';
import { matchMediaType, pathOf } from '../wire/index.ts';
import { slotsOf } from './bindings.ts';
import type { OperationCases } from './operation-cases.ts';
import { createProof } from './prove.ts';
import { isOfMember } from './shrink-form.ts';
import { recipe, type Workbench } from './workbench.ts';

// A control that holds the place is nearly always among the smallest; looking further costs more than it finds.
const mostTried = 25;

/**
 * The same mutation made of another control, for a target that refused the planned one: of the smallest valid case that
 * holds the place and is smaller than what was refused, else of the smallest there is, into which the broken member is
 * put as it stands. Proven like any invalid case; `undefined` where neither can be.
 */
export function standInFor(
  bench: Workbench,
  { valid, smallest }: Pick<OperationCases, 'valid' | 'smallest'>,
  planned: Case,
  refused: Case | undefined,
): Case | undefined {
  const { mutation } = planned;
  // What no schema says (credentials, ids, methods, syntax) is broken in the smallest case already.
  if (planned.mode !== 'invalid' || mutation?.schemaPath === undefined || mutation.in === 'request') return undefined;
  const limit = sizeOf(refused ?? planned);
  const mediaType = planned.request.body?.mediaType;
  const others = valid
    .filter((one) => one.id !== planned.control && one.request.body?.mediaType === mediaType && one.credentials === planned.credentials)
    .filter((one) => smallest.includes(one) || sizeOf(one) < limit)
    .toSorted((a, b) => sizeOf(a) - sizeOf(b));
  let tries = mostTried;
  for (const control of others) {
    const [request] = tries > 0 ? broken(control, true) : [];
    if (request === undefined) continue;
    tries--;
    if (isRefusedFor(bench, planned, request)) return made(control, request, true);
  }
  for (const control of others.filter((one) => smallest.includes(one))) {
    for (const request of broken(control, false)) if (isRefusedFor(bench, planned, request)) return made(control, request, false);
  }
  return undefined;

  function broken(control: Case, holdsPlace: boolean): Iterable<PlannedRequest> {
    if (mutation?.in === 'body') return brokenBody(control.request, planned, holdsPlace);
    return brokenParameter(bench, control.request, planned, holdsPlace);
  }

  function made(control: Case, request: PlannedRequest, holdsPlace: boolean): Case {
    return {
      ...planned,
      request,
      slots: slotsOf(bench.bound, request),
      control: control.id,
      standIn: { refused: planned.control ?? '', holdsPlace },
      recipe: recipe({ make: 'stand-in', of: planned.id, control: control.id }),
    };
  }
}

function sizeOf({ request }: Case): number {
  const { query, headers, pathParameters, body } = request;
  return JSON.stringify([query, headers, pathParameters, body ?? null]).length;
}

function* brokenBody(request: PlannedRequest, planned: Case, holdsPlace: boolean): Iterable<PlannedRequest> {
  const { body } = request;
  const from = planned.request.body;
  const at = changedPlace(planned);
  if (!body || !from) return;
  const { mediaType } = body;
  const name = tokensOf(at)[0];
  if ('json' in body && 'json' in from) {
    const bodies = holdsPlace ? changedJson(body.json, from.json, planned) : grafted(body.json, from.json, at);
    for (const json of bodies) yield { ...request, body: { mediaType, json } };
  } else if (name === undefined) {
    return;
  } else if ('form' in body && 'form' in from) {
    const form = replaced(body.form, from.form, ([pair]) => isOfMember(name, pair), holdsPlace);
    if (form) yield { ...request, body: { mediaType, form } };
  } else if ('parts' in body && 'parts' in from) {
    const parts = replaced(body.parts, from.parts, (part) => isOfMember(name, part.name), holdsPlace);
    if (parts) yield { ...request, body: { mediaType, parts } };
  }
}

function changedPlace({ mutation }: Case): string {
  return mutation?.at ?? mutation?.instancePath ?? '';
}

/** The change made in another valid body, whose place holds something valid of its own. */
function* changedJson(valid: Json, from: Json, planned: Case): Iterable<Json> {
  const at = changedPlace(planned);
  const here = valueAt(valid, at);
  const after = valueAt(from, at) as Json | undefined;
  if (here === undefined && (after === undefined || planned.mutation?.before !== undefined)) return;
  if (after === undefined) yield withoutValueAt(valid, at);
  else if (here !== undefined || isObject(valueAt(valid, parentOf(at)))) yield withValueAt(valid, at, after);
}

/** What is broken put into a body that lacks its place, with as little around it as goes. */
function* grafted(valid: Json, from: Json, at: string): Iterable<Json> {
  const tokens = tokensOf(at);
  for (let length = tokens.length; length > 0; length--) {
    const place = pointerOf(...tokens.slice(0, length));
    const value = valueAt(from, place) as Json | undefined;
    const parent = valueAt(valid, parentOf(place));
    const fits = Array.isArray(parent) ? Number(tokens[length - 1]) <= parent.length : isObject(parent);
    if (value !== undefined && fits) yield withValueAt(valid, place, value);
  }
}

function parentOf(at: string): string {
  return at.slice(0, at.lastIndexOf('/'));
}

/** Pairs or parts of one name as another request has them; with `held`, only where there are some to replace. */
function replaced<One>(list: readonly One[], from: readonly One[], isNamed: (one: One) => boolean, held: boolean): One[] | undefined {
  if (held !== list.some(isNamed)) return undefined;
  return [...list.filter((one) => !isNamed(one)), ...from.filter(isNamed)];
}

function* brokenParameter({ operation }: Workbench, request: PlannedRequest, planned: Case, holdsPlace: boolean): Iterable<PlannedRequest> {
  const name = nameOf(planned);
  const from = planned.request;
  if (planned.mutation?.in === 'path') {
    const pathParameters = { ...request.pathParameters, [name]: from.pathParameters[name] ?? '' };
    if (holdsPlace) yield { ...request, pathParameters, path: pathOf(operation, pathParameters) };
    return;
  }
  const member = planned.mutation?.in === 'header' ? 'headers' : 'query';
  const pairs = replaced<NameValue>(request[member], from[member], ([pair]) => isOfMember(name, pair), holdsPlace);
  if (planned.mutation?.in !== 'cookie' && pairs) yield { ...request, [member]: pairs };
}

function nameOf({ mutation }: Case): string {
  return tokensOf(mutation?.instancePath ?? '')[0] ?? '';
}

/** The judge names the keyword at the place, as it does of the planned request; what is no JSON is read from the wire. */
function isRefusedFor(bench: Workbench, planned: Case, request: PlannedRequest): boolean {
  const { operation, shop } = bench;
  const { mutation } = planned;
  if (!mutation || mutation.in === 'request') return false;
  const { body } = request;
  const keyword = mutation.schemaPath?.split('/').at(-1) ?? mutation.keyword;
  if (mutation.in !== 'body')
    return createProof(shop, operation).refused(request, { in: mutation.in, name: nameOf(planned) }) === undefined;
  const schema = body && mediaOf(bench, body.mediaType)?.schema;
  if (!body || schema === undefined) return false;
  if (!('json' in body)) return createProof(shop, operation).refused(request, { in: 'body', keyword, schema }) === undefined;
  const own = (json: Json) =>
    shop.judge.errors(schema, json).filter((error) => error.keyword === keyword && error.instancePath === mutation.instancePath);
  const from = planned.request.body;
  const wanted = new Set(from && 'json' in from ? own(from.json).map(identityOf) : []);
  return own(body.json).some((error) => wanted.has(identityOf(error)));
}

function identityOf({ schemaPath, member }: SchemaError): string {
  return `${schemaPath} ${member ?? ''}`;
}

function mediaOf({ operation }: Workbench, mediaType: string): MediaType | undefined {
  return matchMediaType(operation.requestBody?.content ?? [], mediaType);
}
