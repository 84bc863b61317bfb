import { createHash } from 'node:crypto';

import type { Case, Contract, Json, JsonObject, Operation, Pack, PlannedRequest, StreamVariant } from '../model/index.ts';
import { pointerOf, tokensOf, valueAt } from '../schema/pointer.ts';
import { matcher } from './selection.ts';

/** Events after which the client of an `aborted` variant goes away. */
export const abortAfterEvents = 2;

/**
 * The cases of the stream phase of one operation: the pack's variants merged over the smallest valid case. A refused
 * variant has the first answered one as its control.
 */
export function streamCases(operation: Operation, pack: Pack | undefined, contract: Contract, smallest: Case | undefined): Case[] {
  if (!pack || !smallest) return [];
  const switched = pack.streamSwitches.find((one) => one.operations.some((glob) => matcher(glob)(operation.id)));
  const declared =
    operation.requestBody?.content.some((media) => declares(contract.document, media.schema, switched?.member ?? '')) ?? false;
  // An edition of the API whose document lacks the member has no streams there to ask for.
  if (!declared) return [];
  const variants = pack.streamVariants.filter((variant) => variant.operation === operation.id);
  const first = variants.find((variant) => (variant.kind ?? 'answered') === 'answered');
  const control = first && caseOf(first, contract, smallest);
  return variants.map((variant) => caseOf(variant, contract, smallest, variant.kind === 'refused' ? control : undefined));
}

/** The variant that a case of the stream phase was made from. */
export function variantOf(planned: Case, pack: Pack | undefined): StreamVariant | undefined {
  if (planned.phase !== 'stream') return undefined;
  return pack?.streamVariants.find((variant) => variant.operation === planned.operationId && variant.name === planned.recipe['variant']);
}

/** The same request without what asks for the stream. */
export function plainTwin(request: PlannedRequest, without: readonly string[]): PlannedRequest {
  const { body } = request;
  if (body && 'json' in body && isObject(body.json)) {
    return {
      ...request,
      body: { ...body, json: Object.fromEntries(Object.entries(body.json).filter(([name]) => !without.includes(name))) },
    };
  }
  if (body && 'parts' in body) return { ...request, body: { ...body, parts: body.parts.filter((part) => !without.includes(part.name)) } };
  return request;
}

function caseOf(variant: StreamVariant, contract: Contract, smallest: Case, control?: Case): Case {
  const request = merged(smallest.request, variant.body);
  const recipe = { variant: variant.name };
  const id = createHash('sha256')
    .update(JSON.stringify([contract.hash, variant.operation, 'stream', recipe]))
    .digest('hex')
    .slice(0, 10);
  const base: Case = {
    ...smallest,
    id,
    phase: 'stream',
    recipe,
    request,
    cells: [],
    slots: smallest.slots
      .filter((slot) => !overwritten(slot.at, variant.body))
      .map((slot) => ({ ...slot, from: variant.rebind?.[slot.from] ?? slot.from })),
    stream: true,
  };
  if (!variant.breaks || !control) return base;
  const { keyword, at, what } = variant.breaks;
  const before = valueAt(control.request.body, `/json${at}`);
  const after = valueAt(request.body, `/json${at}`);
  return {
    ...base,
    mode: 'invalid',
    control: control.id,
    mutation: {
      keyword,
      in: 'body',
      instancePath: at,
      what,
      ...(before !== undefined && { before: before as Json }),
      ...(after !== undefined && { after: after as Json }),
    },
  };
}

/** Whether an object schema declares a member, by itself or in what it is composed of. */
function declares(document: JsonObject, ref: string | undefined, member: string): boolean {
  const schema = ref === undefined ? undefined : valueAt(document, ref);
  if (!isObject(schema)) return false;
  if (isObject(schema['properties']) && Object.hasOwn(schema['properties'], member)) return true;
  const target = schema['$ref'];
  if (typeof target === 'string' && declares(document, target.slice(1), member)) return true;
  const parts = Array.isArray(schema['allOf']) ? schema['allOf'].length : 0;
  return Array.from({ length: parts }, (_, index) => index).some((index) => declares(document, `${ref}/allOf/${index}`, member));
}

function merged(request: PlannedRequest, members: JsonObject): PlannedRequest {
  const { body } = request;
  if (body && 'json' in body && isObject(body.json)) return { ...request, body: { ...body, json: { ...body.json, ...members } } };
  if (body && 'parts' in body) {
    const kept = body.parts.filter((part) => !Object.hasOwn(members, part.name));
    const added = Object.entries(members).map(([name, value]) => ({
      name,
      text: typeof value === 'string' ? value : JSON.stringify(value),
    }));
    return { ...request, body: { ...body, parts: [...kept, ...added] } };
  }
  return request;
}

function overwritten(slot: string, members: JsonObject): boolean {
  const [place, form, name] = tokensOf(slot);
  return (
    place === 'body' && form === 'json' && name !== undefined && Object.hasOwn(members, name) && slot === pointerOf('body', 'json', name)
  );
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
