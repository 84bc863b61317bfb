import { headersNotRecorded, isOffRoute, mayHaveBody, snippetOf } from './answer.ts';
import { defineCheck, must } from './define.ts';

/** Error answers are the business of `error-envelope`, an undeclared status that of `status-declared`. */
export const mediaTypeDeclared = defineCheck({
  id: 'media-type-declared',
  requirement: must(
    'schema',
    'The response media type is one that the operation declares for that status',
    'https://spec.openapis.org/oas/v3.1.1.html#media-type-object',
  ),
  needs: 'response',
  applies: (context) => {
    const { response } = context;
    if (response?.declared === undefined || response.status >= 400 || isOffRoute(context)) return false;
    return response.hasBody && mayHaveBody(context, response);
  },
  *run(context) {
    const { response } = context;
    if (response?.declared === undefined || response.declaredMedia !== undefined) return;
    const declared = response.declared.content.map((media) => media.mediaType);
    if (declared.length === 0) {
      // Without `content` the document promises no body and forbids none.
      yield {
        expected: 'no body',
        actual: `${response.mediaType ?? '(no content-type)'} ${snippetOf(response)}`,
        at: 'body',
        rule: 'no-content',
        level: 'SHOULD',
        actualType: response.mediaType ?? 'none',
      };
    } else if (headersNotRecorded(context)) {
      yield { inconclusive: 'not-recorded', detail: 'the recording holds no response headers' };
    } else {
      yield {
        expected: declared.join(' or '),
        actual: response.mediaType ?? '(no content-type)',
        at: 'header content-type',
        actualType: response.mediaType ?? 'none',
      };
    }
  },
});
