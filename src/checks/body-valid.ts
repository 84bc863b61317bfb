import type { CheckContext, MediaType, ResponseView } from '../model/index.ts';
import { headersNotRecorded, isJson, isOffRoute, isTruncated, mayHaveBody, snippetOf } from './answer.ts';
import { defineCheck, must } from './define.ts';
import { violationsOf } from './violations.ts';

/**
 * Judges JSON and text bodies of a declared status and media type. Event streams are the business of the stream rules,
 * error answers that of `error-envelope`; a schema says nothing of binary bytes.
 */
export const bodyValid = defineCheck({
  id: 'body-valid',
  requirement: must(
    'schema',
    'The response body is valid against the schema that the operation declares for its status and media type',
    'https://spec.openapis.org/oas/v3.1.1.html#media-type-object',
  ),
  needs: 'response',
  applies: (context) => {
    const { response } = context;
    if (response?.declared === undefined || response.status >= 400 || isOffRoute(context) || !mayHaveBody(context, response)) return false;
    return response.hasBody ? isReadable(mediaOf(context, response)) : response.declared.content.length > 0;
  },
  *run(context) {
    const { response, schema } = context;
    if (response?.declared === undefined) return;
    if (!response.hasBody) {
      if (isTruncated(context)) return yield { inconclusive: 'truncated', detail: 'the recording holds no body' };
      return yield {
        expected: `a body of ${response.declared.content.map((media) => media.mediaType).join(' or ')}`,
        actual: '(no body)',
        at: 'body',
        actualType: 'none',
      };
    }
    const media = mediaOf(context, response);
    if (media === undefined) return;
    const readAsJson = isJson(response.mediaType ?? media.mediaType);
    if (readAsJson && response.json === undefined) {
      if (isTruncated(context)) return yield { inconclusive: 'truncated', detail: 'only a part of the body was kept' };
      return yield {
        expected: 'JSON',
        actual: `${response.parseError ?? 'no JSON'} in ${snippetOf(response)}`,
        at: 'body',
        keyword: 'syntax',
        actualType: 'no JSON',
      };
    }
    if (isTruncated(context)) return yield { inconclusive: 'truncated', detail: 'only a part of the body was kept' };
    const value = readAsJson ? response.json : response.text;
    if (media.schema === undefined || value === undefined || schema.accepts(media.schema, value)) return;
    yield* violationsOf(schema.explain(media.schema, value));
  },
});

/** The declared media type of the body; where a recorder kept no headers, the only one that it can be. */
function mediaOf(context: CheckContext, response: ResponseView): MediaType | undefined {
  if (response.declaredMedia !== undefined) return response.declaredMedia;
  if (!headersNotRecorded(context)) return undefined;
  const content = response.declared?.content ?? [];
  return response.json === undefined ? undefined : content.find((media) => isJson(media.mediaType));
}

function isReadable(media: MediaType | undefined): boolean {
  if (media === undefined) return false;
  const name = media.mediaType.toLowerCase();
  return isJson(name) || (name.startsWith('text/') && !name.startsWith('text/event-stream'));
}
