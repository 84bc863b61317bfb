import type { Case, Json, Mutation, Operation, PlannedBody, PlannedRequest } from '../model/index.ts';
import { sameJson } from '../schema/json.ts';
import { tokensOf, valueAt, withValueAt, withoutValueAt } from '../schema/pointer.ts';
import { matchMediaType } from '../wire/index.ts';
import { placesOf, slotsOf } from './bindings.ts';
import { createProof, type Proof } from './prove.ts';
import { smallerForms, withMember, type FormBody } from './shrink-form.ts';
import { smallerValues } from './shrink-value.ts';
import { digestOf, recipe, type Workbench } from './workbench.ts';

/**
 * Smaller forms of a case, those that lose the most first: without an optional parameter, part or member, then with
 * plainer values. A valid case stays valid; an invalid one stays refused for the same keyword at the same place and
 * valid again when the change is undone. Which of them still fails is for the engine to find out by sending.
 */
export function* smallerCases(bench: Workbench, planned: Case, control: Case | undefined): Iterable<Case> {
  const { operation, shop } = bench;
  const proof = createProof(shop, operation);
  const seen = new Set<string>();
  for (const request of smallerRequests(bench, planned)) {
    const key = digestOf(request as unknown as Json);
    if (seen.has(key) || !still(request)) continue;
    seen.add(key);
    yield {
      ...bench.caseOf({
        ...planned,
        request,
        slots: slotsOf(bench.bound, request),
        recipe: recipe({ make: 'shrink', of: planned.id, value: key }),
      }),
    };
  }

  function still(request: PlannedRequest): boolean {
    const { mutation } = planned;
    if (!mutation) return isMeantWell(bench, request) && proof.accepted(request) === undefined;
    if (mutation.in === 'body') {
      const { body } = request;
      return body && 'json' in body
        ? brokenOnlyThere(bench, planned, request)
        : brokenOnlyInMember(bench, proof, planned, request, control);
    }
    if (mutation.in === 'request' || mutation.keyword === 'unknown-id') return proof.accepted(request) === undefined;
    return proof.refused(request, { in: mutation.in, name: nameOf(mutation) }) === undefined;
  }
}

function brokenOnlyThere(bench: Workbench, { mutation, request: original }: Case, request: PlannedRequest): boolean {
  const { operation, shop } = bench;
  const { body } = request;
  const schema = body && matchMediaType(operation.requestBody?.content ?? [], body.mediaType)?.schema;
  if (!mutation || !body || !('json' in body) || !original.body || !('json' in original.body) || schema === undefined) return false;
  const keyword = mutation.schemaPath?.split('/').at(-1) ?? mutation.keyword;
  const at = changedPlace(mutation);
  if (!sameJson(valueAt(body.json, at), valueAt(original.body.json, at))) return false;
  const undone = mutation.before === undefined ? withoutValueAt(body.json, at) : withValueAt(body.json, at, mutation.before);
  return (
    shop.judge.accepts(schema, undone) &&
    isMeantWell(bench, { ...request, body: { mediaType: body.mediaType, json: undone } }) &&
    shop.judge.errors(schema, body.json).some((error) => error.keyword === keyword && error.instancePath === mutation.instancePath)
  );
}

/** Read from the wire, a form is refused for the member that is broken, and accepted with the member as the control has it. */
function brokenOnlyInMember(
  bench: Workbench,
  proof: Proof,
  { mutation }: Case,
  request: PlannedRequest,
  control: Case | undefined,
): boolean {
  const { body } = request;
  const valid = control?.request.body;
  const member = mutation && memberOf(mutation);
  if (!mutation || member === undefined || !isForm(body) || !isForm(valid)) return false;
  const schema = matchMediaType(bench.operation.requestBody?.content ?? [], body.mediaType)?.schema;
  const undone = withMember(body, member, valid);
  if (schema === undefined || !undone) return false;
  const whole = { ...request, body: undone };
  const keyword = mutation.schemaPath?.split('/').at(-1) ?? mutation.keyword;
  return (
    isMeantWell(bench, whole) &&
    proof.accepted(whole) === undefined &&
    proof.refused(request, { in: 'body', keyword, schema }) === undefined
  );
}

function isForm(body: PlannedBody | undefined): body is FormBody {
  return body !== undefined && ('form' in body || 'parts' in body);
}

/** The member of a form that holds what was broken. */
function memberOf(mutation: Mutation): string | undefined {
  return tokensOf(changedPlace(mutation))[0];
}

/** What the pack would have to repair means nothing to a server that looks closely. */
function isMeantWell({ operation, shop }: Workbench, request: PlannedRequest): boolean {
  return shop.wellMeant === undefined || sameJson(shop.wellMeant(operation, request), request);
}

function nameOf(mutation: Mutation): string {
  return tokensOf(mutation.instancePath)[0] ?? '';
}

function changedPlace({ instancePath, at }: Mutation): string {
  return at ?? instancePath;
}

function* smallerRequests(bench: Workbench, { request, mutation }: Case): Iterable<PlannedRequest> {
  const { operation } = bench;
  const broken = mutation && mutation.in !== 'body' && mutation.in !== 'request' ? nameOf(mutation) : undefined;
  for (const [index, [name]] of request.query.entries()) {
    if (name !== broken && !isNeeded(operation, name)) yield { ...request, query: request.query.toSpliced(index, 1) };
  }
  for (const [index, [name]] of request.headers.entries()) {
    if (name !== broken && !isNeeded(operation, name)) yield { ...request, headers: request.headers.toSpliced(index, 1) };
  }
  const { body } = request;
  if (!body) return;
  if (operation.requestBody?.required !== true && mutation?.in !== 'body') {
    const { body: _, ...rest } = request;
    yield rest;
  }
  if ('json' in body) {
    const keep = mutation?.in === 'body' ? changedPlace(mutation) : undefined;
    const bound = new Set(bench.bound.body.flatMap((binding) => placesOf(body.json, binding.at)));
    for (const json of smallerValues(body.json, keep, (at) => bound.has(at)))
      yield { ...request, body: { mediaType: body.mediaType, json } };
  } else if (isForm(body)) {
    const bound = new Set(bench.bound.body.map((binding) => tokensOf(binding.at)[0]));
    const keep = mutation?.in === 'body' ? memberOf(mutation) : undefined;
    for (const smaller of smallerForms(body, keep, (name) => bound.has(name))) yield { ...request, body: smaller };
  }
}

function isNeeded(operation: Operation, name: string): boolean {
  return (
    operation.fixedQuery.some(([fixed]) => fixed === name) ||
    operation.parameters.some((parameter) => parameter.required && parameter.name === name)
  );
}
