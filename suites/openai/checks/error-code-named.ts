import { defineCheck, should } from 'assay/pack';
import { membersOf, quote } from './answer.ts';

/** Clients branch on the code; the status they have already. */
export const errorCodeNamed = defineCheck({
  id: 'error-code-named',
  requirement: should('observed', 'The code of an error names its cause, and does not repeat the status'),
  needs: 'response',
  applies: ({ response, case: planned }) => (response?.status ?? 0) >= 400 && planned?.mode !== 'probe',
  *run({ response }) {
    const code = membersOf(membersOf(response?.json)?.['error'])?.['code'];
    if (code === String(response?.status) || code === response?.status)
      yield { expected: 'a name such as invalid_api_key, or null', actual: quote(code), at: '/error/code' };
  },
});
