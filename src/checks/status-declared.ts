import type { Operation } from '../model/index.ts';
import { answerOf, isAbsent } from './answer.ts';
import { defineCheck, must } from './define.ts';

/**
 * Answers of 500 and above are the business of `no-server-error`, undeclared methods that of `method-refused`. A document
 * that declares no refusal at all cannot forbid one ("not necessarily expected to cover all possible HTTP response codes"),
 * so an undeclared 4xx is then a SHOULD.
 */
export const statusDeclared = defineCheck({
  id: 'status-declared',
  requirement: must(
    'schema',
    'The response status is one that the operation declares',
    'https://spec.openapis.org/oas/v3.1.1.html#responses-object',
  ),
  needs: 'response',
  applies: (context) => {
    const status = context.response?.status ?? 500;
    if (status >= 500 || context.case?.mutation?.keyword === 'method') return false;
    if (context.case?.mode === 'probe' && status >= 400) return false;
    return context.response !== undefined && !isAbsent(context, context.response);
  },
  *run({ operation, response }) {
    if (response === undefined || response.declared !== undefined) return;
    const clientError = response.status >= 400;
    yield {
      expected: `one of ${operation.responses.map((declared) => declared.status).join(', ') || '(none declared)'}`,
      actual: answerOf(response),
      at: 'status',
      actualType: String(response.status),
      ...(clientError && !declaresRefusals(operation) ? { level: 'SHOULD' as const } : {}),
    };
  },
});

function declaresRefusals(operation: Operation): boolean {
  return operation.responses.some(({ status }) => status.startsWith('4'));
}
