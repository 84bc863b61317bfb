import type { Check } from '../model/index.ts';
import { defineCheck, should } from './define.ts';

/** Deleting may take a while behind the scenes, so that it is advice that the resource is gone at once. */
export const deletedIsGone: Check = defineCheck({
  id: 'deleted-is-gone',
  requirement: should('prose', 'What was deleted cannot be retrieved any more'),
  needs: 'response',
  compares: true,
  applies: ({ related }) => related.gone !== undefined,
  *run({ related: { gone } }) {
    if (gone && gone.status < 300)
      yield { expected: `404 from ${gone.operationId}`, actual: String(gone.status), at: 'status', actualType: String(gone.status) };
  },
});
