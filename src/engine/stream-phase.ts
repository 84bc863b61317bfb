import type { Case, Contract, JsonObject, Operation, Pack, PlannedRequest, StreamVariant } from '../model/index.ts';
import { valueAt } from '../schema/pointer.ts';
import { matcher } from './selection.ts';
import { caseOf } from './situations.ts';

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
  const control = first && caseOf(first, 'stream', contract, smallest);
  return variants.map((variant) => caseOf(variant, 'stream', contract, smallest, variant.kind === 'refused' ? control : undefined));
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

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
