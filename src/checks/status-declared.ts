import type { CheckContext, Operation, ResponseView } from '../model/index.ts';
import { answerOf, isAbsent } from './answer.ts';
import { defineCheck, must } from './define.ts';
import { refusalsOf } from './refusal.ts';

/**
 * Answers of 500 and above are the business of `no-server-error`, undeclared methods that of `method-refused`, a refused
 * valid request that of `valid-accepted`. "The documentation is not necessarily expected to cover all possible HTTP response
 * codes": a refusal that the request deserved, and any where the operation declares none, is a SHOULD.
 */
export const statusDeclared = defineCheck({
  id: 'status-declared',
  requirement: must(
    'schema',
    'The response status is one that the operation declares',
    'https://spec.openapis.org/oas/v3.1.1.html#responses-object',
  ),
  needs: 'response',
  applies: ({ case: planned, promised, response }) => {
    if (response === undefined || response.status >= 500 || ['method', 'route'].includes(planned?.mutation?.keyword ?? '')) return false;
    if (response.status >= 400 && (planned?.mode === 'probe' || planned?.mode === 'valid')) return false;
    return !isAbsent({ promised }, response);
  },
  *run(context) {
    const { operation, response } = context;
    if (response === undefined || response.declared !== undefined) return;
    yield {
      expected: `one of ${operation.responses.map((declared) => declared.status).join(', ') || '(none declared)'}`,
      actual: answerOf(response),
      at: 'status',
      actualType: String(response.status),
      ...(isFairRefusal(context, response) ? { level: 'SHOULD' as const } : {}),
    };
  },
});

function isFairRefusal({ case: planned, operation }: CheckContext, { status }: ResponseView): boolean {
  if (status < 400) return false;
  const deserved = planned?.mutation !== undefined && refusalsOf(planned.mutation).includes(status);
  return deserved || !declaresRefusals(operation);
}

function declaresRefusals(operation: Operation): boolean {
  return operation.responses.some(({ status }) => status.startsWith('4'));
}
