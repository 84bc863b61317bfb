import { defineCheck, must } from './define.ts';
import { judgeRefusal, speaksOfRefusal } from './refusal.ts';

/** Credentials and methods have checks of their own; the body of the refusal is the business of `error-envelope`. */
export const invalidRejected = defineCheck({
  id: 'invalid-rejected',
  requirement: must(
    'schema',
    'A request that is invalid in exactly one place is refused with the status that its fault calls for',
    'https://www.rfc-editor.org/rfc/rfc9110#section-15.5',
  ),
  needs: 'response',
  applies: (context) => {
    const mutation = context.case?.mutation;
    if (context.case?.mode !== 'invalid' || mutation === undefined || mutation.keyword === 'credentials' || mutation.keyword === 'method')
      return false;
    return speaksOfRefusal(context, mutation);
  },
  *run(context) {
    const mutation = context.case?.mutation;
    if (mutation !== undefined && context.response !== undefined) yield* judgeRefusal(context, context.response, mutation);
  },
});
