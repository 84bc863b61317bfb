import type { CheckContext, MediaType, Violation } from '../model/index.ts';
import { member } from '../schema/json.ts';
import { pointerOf, tokensOf, valueAt } from '../schema/pointer.ts';
import { isJson } from './answer.ts';
import { defineCheck, may } from './define.ts';
import { violationsOf } from './violations.ts';

/**
 * Judges the request of traffic that was not made here. A note, for the client is not on trial: it tells where the document
 * and what is really sent part. Our own requests are validated before they leave.
 */
export const requestValid = defineCheck({
  id: 'request-valid',
  requirement: may(
    'schema',
    'A recorded request that was accepted is valid by the document',
    'https://spec.openapis.org/oas/v3.1.1.html#request-body-object',
  ),
  needs: 'response',
  applies: ({ case: planned, response, operation }) =>
    planned === undefined &&
    response !== undefined &&
    response.status >= 200 &&
    response.status < 300 &&
    (operation.requestBody !== undefined || operation.parameters.some(isRequiredQuery)),
  *run(context) {
    yield* missingParameters(context);
    yield* bodyViolations(context);
  },
});

function isRequiredQuery({ in: place, required }: CheckContext['operation']['parameters'][number]): boolean {
  return place === 'query' && required;
}

function* missingParameters({ operation, request }: CheckContext): Iterable<Violation> {
  for (const { name } of operation.parameters.filter(isRequiredQuery)) {
    // An array or object may be sent as `name[]` or `name[member]`.
    if (request.query.some(([sent]) => sent === name || sent.startsWith(`${name}[`))) continue;
    yield {
      expected: 'the parameter, which is required',
      actual: '(absent)',
      at: `request query ${name}`,
      keyword: 'required',
      actualType: 'absent',
    };
  }
}

function* bodyViolations(context: CheckContext): Iterable<Violation> {
  const { operation, request, schema, exchange } = context;
  const declared = operation.requestBody;
  if (declared === undefined || exchange.request.body?.truncated === true) return;
  if ((exchange.request.body?.size ?? 0) === 0) {
    if (declared.required)
      yield { expected: 'a body, which is required', actual: '(no body)', at: 'request body', keyword: 'required', actualType: 'absent' };
    return;
  }
  const media = mediaOf(context);
  if (media === undefined) {
    if (request.mediaType === undefined) return;
    yield {
      expected: declared.content.map(({ mediaType }) => mediaType).join(' or '),
      actual: request.mediaType,
      at: 'request header content-type',
      actualType: request.mediaType,
    };
    return;
  }
  // Forms are text: whether "1" is a number is the business of whoever reads them.
  if (media.schema === undefined || !isJson(media.mediaType)) return;
  if (request.body === undefined) {
    yield { expected: 'JSON', actual: 'no JSON', at: 'request body', keyword: 'syntax', actualType: 'no JSON' };
    return;
  }
  for (const violation of violationsOf(schema.explain(media.schema, request.body))) {
    const excused = isNotEnforced(context, violation.schemaPointer) ? { rule: 'not-enforced' } : {};
    yield { ...violation, ...excused, at: `request ${violation.at}` };
  }
}

/** `x-enforced: {minimum: false}` beside a keyword says that the real service is known to accept what breaks it. */
function isNotEnforced({ contract }: CheckContext, pointer: Violation['schemaPointer']): boolean {
  const tokens = tokensOf(pointer ?? '');
  const enforced = member(valueAt(contract.document, pointerOf(...tokens.slice(0, -1))), 'x-enforced');
  return member(enforced, tokens.at(-1) ?? '') === false;
}

/** The declared media type of the request; where a recorder kept no headers, the JSON one if the body is JSON. */
function mediaOf({ operation, request }: CheckContext): MediaType | undefined {
  const content = operation.requestBody?.content ?? [];
  const named = content.find(({ mediaType }) => (mediaType.split(';')[0] ?? '').trim().toLowerCase() === request.mediaType);
  if (named !== undefined || request.mediaType !== undefined) return named;
  return request.body === undefined ? undefined : content.find(({ mediaType }) => isJson(mediaType));
}
