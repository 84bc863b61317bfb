import { defineCheck, should } from './define.ts';
import { judgeRefusal, speaksOfRefusal } from './refusal.ts';

/** A document need not list every method of a path, so answering one that it lacks breaks no promise. */
export const methodRefused = defineCheck({
  id: 'method-refused',
  requirement: should(
    'prose',
    'A method that the document does not declare for a path is refused',
    'https://www.rfc-editor.org/rfc/rfc9110#section-15.5.6',
  ),
  needs: 'response',
  applies: (context) => {
    const mutation = context.case?.mutation;
    return context.case?.mode === 'invalid' && mutation?.keyword === 'method' && speaksOfRefusal(context, mutation);
  },
  *run(context) {
    const mutation = context.case?.mutation;
    if (mutation !== undefined && context.response !== undefined) yield* judgeRefusal(context, context.response, mutation);
  },
});
