import type { Operation } from '../model/index.ts';
import { defineCheck, must } from './define.ts';
import { judgeRefusal, speaksOfRefusal } from './refusal.ts';

/** An operation with no security, or with an empty alternative, promises nothing about credentials. */
export const authEnforced = defineCheck({
  id: 'auth-enforced',
  requirement: must(
    'schema',
    'An operation that declares security refuses a request without credentials or with wrong ones',
    'https://spec.openapis.org/oas/v3.1.1.html#security-requirement-object',
  ),
  needs: 'response',
  applies: (context) => {
    const mutation = context.case?.mutation;
    if (context.case?.mode !== 'invalid' || mutation?.keyword !== 'credentials') return false;
    return needsCredentials(context.operation) && speaksOfRefusal(context, mutation);
  },
  *run(context) {
    const mutation = context.case?.mutation;
    if (mutation !== undefined && context.response !== undefined) yield* judgeRefusal(context, context.response, mutation);
  },
});

function needsCredentials(operation: Operation): boolean {
  return operation.security.length > 0 && operation.security.every((alternative) => alternative.size > 0);
}
