import type { CheckContext, CheckYield, Level, ResponseView, SchemaError } from '../model/index.ts';
import { answerOf, headersNotRecorded, isAbsent, isJson, isTruncated, mayHaveBody, snippetOf } from './answer.ts';
import { defineCheck, must } from './define.ts';
import { type DeclaredError, declaredErrorOf, hasErrorMember } from './error-schema.ts';
import { violationsOf } from './violations.ts';

/**
 * The one judge of error bodies. Where the declared shape holds `error.message`, the way to that message is a MUST, for
 * clients show it, and every other member a SHOULD; any other declared shape is a MUST as a whole. Where no error body is
 * declared, JSON is a SHOULD. The body of a probe's answer may come from a layer below the API.
 */
export const errorEnvelope = defineCheck({
  id: 'error-envelope',
  requirement: must(
    'schema',
    'An error answer has the error body that the contract declares',
    'https://spec.openapis.org/oas/v3.1.1.html#responses-object',
  ),
  needs: 'response',
  applies: (context) => {
    const { response } = context;
    if (response === undefined || response.status < 400 || context.case?.mode === 'probe') return false;
    return mayHaveBody(context, response) && !isAbsent(context, response);
  },
  *run(context) {
    const { response } = context;
    if (response === undefined) return;
    const declared = declaredErrorOf(context, response);
    const form = judgeForm(context, response, declared);
    if (form !== undefined) yield form;
    else if (declared !== undefined) yield* judgeShape(context, response, declared);
  },
});

/**
 * 502, 503 and 504 are answered by whoever stands in front of the service (RFC 9110, 15.6.3 to 15.6.5), and 520 to 530 by one
 * content network: their page is not the service's, and `no-server-error` has told of the failure.
 */
function isOfGateway(status: number): boolean {
  return (status >= 502 && status <= 504) || (status >= 520 && status <= 530);
}

/** A readable body of a declared media type, or what stands in the way. */
function judgeForm(context: CheckContext, response: ResponseView, declared: DeclaredError | undefined): CheckYield | undefined {
  const level = declared?.exact === true && !isOfGateway(response.status) ? {} : { level: 'SHOULD' as const };
  const mediaTypes = declared?.content.map((media) => media.mediaType) ?? ['application/json'];
  const expected = `an error body of ${mediaTypes.join(' or ')}`;
  if (isTruncated(context)) return { inconclusive: 'truncated', detail: 'the error body was not kept, or only a part of it' };
  if (!response.hasBody) return { expected, actual: `${response.status} without a body`, at: 'body', actualType: 'none', ...level };
  const wantsJson = mediaTypes.some(isJson);
  if (wantsJson && response.json === undefined) {
    return { expected, actual: answerOf(response), at: 'body', keyword: 'syntax', actualType: 'no JSON', ...level };
  }
  const fits = response.declaredMedia !== undefined || (wantsJson && isJson(response.mediaType ?? '')) || headersNotRecorded(context);
  if (fits) return undefined;
  // "A sender SHOULD generate a Content-Type header field" (RFC 9110, 8.3), and clients read an error as JSON without it.
  const found = {
    expected,
    actual: response.mediaType ?? '(no content-type)',
    at: 'header content-type',
    actualType: response.mediaType ?? 'none',
  };
  return response.mediaType === undefined ? { ...found, level: 'SHOULD' } : { ...found, ...level };
}

function* judgeShape(context: CheckContext, response: ResponseView, declared: DeclaredError): Iterable<CheckYield> {
  const media = response.declaredMedia ?? declared.content.find(({ mediaType }) => isJson(mediaType));
  const ref = media?.schema;
  if (media === undefined || ref === undefined || !isJson(media.mediaType)) return;
  if (context.schema.accepts(ref, response.json)) return;
  const enveloped = hasErrorMember(context.contract.document, ref, 'message');
  const levelOf = (error: SchemaError): Level => (declared.exact && (!enveloped || hidesMessage(error, response)) ? 'MUST' : 'SHOULD');
  for (const violation of violationsOf(context.schema.explain(ref, response.json), levelOf)) {
    yield { ...violation, actual: `${violation.actual} in ${snippetOf(response)}` };
  }
}

/** Whether the error stands on the way to `/error/message`; a missing member is named in the text, so the body is asked. */
function hidesMessage(error: SchemaError, response: ResponseView): boolean {
  const { instancePath, keyword } = error;
  if (instancePath === '/error/message') return true;
  if (instancePath !== '' && instancePath !== '/error') return false;
  return keyword !== 'required' || typeof messageOf(response) !== 'string';
}

function messageOf(response: ResponseView): unknown {
  const body = response.json as { readonly error?: { readonly message?: unknown } | null } | null | undefined;
  return body?.error?.message;
}
