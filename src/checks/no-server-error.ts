import { answerOf, isAbsent, isOverloaded } from './answer.ts';
import { defineCheck, must } from './define.ts';

/**
 * 501 is a proper refusal of a method or of an operation that is not promised; probes are the business of `survives-probe`.
 * In recorded traffic a failure that a server admits is a warning: nobody can send the request again.
 */
export const noServerError = defineCheck({
  id: 'no-server-error',
  requirement: must(
    'prose',
    'No request makes the server fail: "The 5xx class indicates that the server is aware that it has erred"',
    'https://www.rfc-editor.org/rfc/rfc9110#section-15.6',
  ),
  needs: 'response',
  applies: (context) => {
    const { response } = context;
    if (response === undefined || context.case?.mode === 'probe') return false;
    return !(
      response.status === 501 &&
      (['method', 'route'].includes(context.case?.mutation?.keyword ?? '') || isAbsent(context, response))
    );
  },
  *run({ case: planned, response }) {
    if (response === undefined || response.status < 500) return;
    if (isOverloaded(response))
      return yield { inconclusive: 'budget', detail: `the target asks to come back later: ${answerOf(response)}` };
    const level = planned === undefined ? { level: 'SHOULD' as const } : {};
    yield { expected: 'a status below 500', actual: answerOf(response), at: 'status', actualType: String(response.status), ...level };
  },
});
