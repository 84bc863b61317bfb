import type { Case, CheckContext, CheckYield, Mutation, ResponseView } from '../model/index.ts';
import { answerOf, isAbsent, isOverloaded } from './answer.ts';

/** Keywords whose breach a server may also call "too large" (RFC 9110, 15.5.14). */
const sizeKeywords = new Set(['maxLength', 'maxItems', 'maxProperties']);

const byKeyword: Readonly<Record<string, readonly number[]>> = {
  credentials: [401, 403],
  method: [404, 405, 501],
  'unknown-id': [404, 400],
  route: [404, 400, 405, 410, 501],
  'media-type': [400, 415, 422],
  syntax: [400, 422],
};

/** The statuses that prove that this mutation was refused for what it broke. */
export function refusalsOf(mutation: Mutation): readonly number[] {
  const special = byKeyword[mutation.keyword];
  if (special !== undefined) return special;
  // A value that the path cannot have names nothing: 404 says so as well as 400.
  if (mutation.in === 'path') return [400, 404, 422];
  if (!sizeKeywords.has(mutation.keyword)) return [400, 422];
  return mutation.in === 'body' ? [400, 422, 413] : [400, 422, 414, 431];
}

/** Whether a refusal check speaks of this answer: of an answer of 500 and above others do, unless the mutation calls for it. */
export function speaksOfRefusal(context: CheckContext, mutation: Mutation): boolean {
  const { response } = context;
  if (response === undefined) return false;
  return response.status < 500 || refusalsOf(mutation).includes(response.status) || isAbsent(context, response);
}

/** Judges the answer to an invalid request by the status that its mutation calls for. */
export function* judgeRefusal(context: CheckContext, response: ResponseView, mutation: Mutation): Iterable<CheckYield> {
  const wanted = refusalsOf(mutation);
  if (response.status >= 200 && response.status < 300) yield accepted(response, mutation, wanted);
  else if (isAbsent(context, response))
    yield { unsupported: `${context.operation.id} is not promised and was answered ${answerOf(response)}` };
  else if (isOverloaded(response)) yield { inconclusive: 'budget', detail: `the target asks to slow down: ${answerOf(response)}` };
  else if (controlRefused(context)) yield { inconclusive: 'control-refused', detail: controlDetail(context) };
  else if (context.case?.standIn?.holdsPlace === false)
    yield { inconclusive: 'control-refused', detail: standInDetail(context.case.standIn) };
  else if (!wanted.includes(response.status)) {
    yield {
      inconclusive: 'proves-nothing',
      detail: `${wanted.join(' or ')} would prove the refusal of ${mutation.what}; the answer was ${answerOf(response)}`,
    };
  }
}

function accepted(response: ResponseView, mutation: Mutation, wanted: readonly number[]): CheckYield {
  return {
    expected: `${wanted.join(' or ')}, because ${mutation.what}`,
    actual: answerOf(response),
    at: placeOfMutation(mutation),
    keyword: mutation.keyword,
    actualType: 'accepted',
    ...(mutation.schemaPath === undefined ? {} : { schemaPointer: mutation.schemaPath }),
    ...(mutation.rule === undefined ? {} : { rule: mutation.rule }),
    ...(mutation.level === undefined ? {} : { level: mutation.level }),
  };
}

/** `body /a/0`, `query /limit`: where the request was broken. */
function placeOfMutation(mutation: Mutation): string {
  return `${mutation.in} ${mutation.instancePath}`.trim();
}

function controlRefused(context: CheckContext): boolean {
  return context.case?.control !== undefined && context.related.control?.accepted !== true;
}

/** The target refuses the place also where it is valid: that it refuses it broken as well says nothing of what was broken. */
function standInDetail({ refused }: NonNullable<Case['standIn']>): string {
  return `its control ${refused} was refused too, and no smaller valid case holds the place`;
}

function controlDetail(context: CheckContext): string {
  const control = context.related.control;
  if (control === undefined) return `its control ${context.case?.control ?? ''} has no answer`;
  const status = control.exchange.response?.status;
  return `its control ${control.case.id} was not accepted: ${status ?? control.exchange.error?.message ?? 'no answer'}`;
}
