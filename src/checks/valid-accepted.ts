import type { CheckContext, CheckYield, ResponseView } from '../model/index.ts';
import { answerOf, isOverloaded } from './answer.ts';
import { defineCheck, must } from './define.ts';

/** Statuses with which a target properly refuses what its profile does not promise. */
const properRefusals = new Set([400, 403, 404, 405, 410, 422, 501]);

/** An undeclared 2xx or 3xx is the business of `status-declared`, 500 and above that of `no-server-error`. */
export const validAccepted = defineCheck({
  id: 'valid-accepted',
  requirement: must(
    'schema',
    'A request that is valid by the document is accepted',
    'https://spec.openapis.org/oas/v3.1.1.html#operation-object',
  ),
  needs: 'response',
  applies: (context) => {
    if (context.case?.mode !== 'valid' || context.response === undefined) return false;
    return context.response.status < 500 || (context.response.status === 501 && !context.promised);
  },
  *run(context) {
    const { response } = context;
    if (response === undefined || response.status < 400) return;
    yield judgeRefused(context, response);
  },
});

function judgeRefused(context: CheckContext, response: ResponseView): CheckYield {
  const { status } = response;
  const answer = answerOf(response);
  if (isOverloaded(response) || status === 402)
    return { inconclusive: 'budget', detail: `the target asks to slow down or to pay: ${answer}` };
  if (!context.promised && properRefusals.has(status))
    return { unsupported: `${context.operation.id} is not promised and was answered ${answer}` };
  // A key without this right is our configuration; it says nothing of how the target treats one that has it.
  if (status === 403 || (status === 401 && context.case?.classes.includes('admin') === true)) {
    return { inconclusive: 'not-allowed', detail: `the credentials given may not do this: ${answer}` };
  }
  if (context.related.over) {
    const { operationId, state } = context.related.over;
    return { inconclusive: 'situation-absent', detail: `${operationId} says ${state}: there was nothing left to cancel` };
  }
  const refused = status === 401 ? 'the credentials given were refused, ' : '';
  const declared = context.operation.responses.map((declaredResponse) => declaredResponse.status).filter((code) => /^[23]/.test(code));
  const level = context.case?.level;
  return {
    expected: declared.join(' or ') || '2XX',
    actual: refused + answer,
    at: 'status',
    actualType: String(status),
    ...(level !== undefined && { level }),
  };
}
