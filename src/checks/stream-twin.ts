import type { Check } from '../model/index.ts';
import { valueAt } from '../schema/pointer.ts';
import { defineCheck, must } from './define.ts';
import { firstDifference } from './difference.ts';

/** The same request with and without a stream gives the same answer, up to what may differ. */
export const streamTwin: Check = defineCheck({
  id: 'stream-twin',
  requirement: must('prose', 'The events of a stream fold to the object that the same request gives without a stream'),
  needs: 'response',
  compares: true,
  applies: ({ related }) => related.twin !== undefined,
  *run({ related }) {
    const { twin } = related;
    if (!twin) return;
    const { folded, plain, again, ignore, unique = [] } = twin;
    if (folded === undefined) {
      yield { inconclusive: 'situation-absent', detail: 'The events make no answer that could be compared.' };
      return;
    }
    for (const at of unique) {
      const value = valueAt(folded, at);
      if (value === undefined || value === null || value !== valueAt(plain, at)) continue;
      yield { expected: 'another value in every answer', actual: `${JSON.stringify(value)} in both`, at, keyword: 'twin', rule: 'unique' };
    }
    const difference = firstDifference(folded, plain, ignore);
    if (difference === undefined) return;
    if (again !== undefined && firstDifference(plain, again, ignore) !== undefined) {
      yield { inconclusive: 'situation-absent', detail: 'Two plain answers to the same request differ: the model samples.' };
      return;
    }
    yield {
      expected: `${difference.right}, as without a stream`,
      actual: `${difference.left}, folded from the events`,
      at: difference.at === '' ? 'body' : difference.at,
      keyword: 'twin',
    };
  },
});
