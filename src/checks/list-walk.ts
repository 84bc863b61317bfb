import type { Check, CheckYield, RelatedExchanges } from '../model/index.ts';
import { defineCheck, must } from './define.ts';

/** Page by page, a list gives what one long page gives. Rows that others add while it is walked stand before its beginning or after its end. */
export const listWalk: Check = defineCheck({
  id: 'list-walk',
  requirement: must('prose', 'A list that is walked page by page gives every row once, in the order of one long page, and comes to an end'),
  needs: 'response',
  compares: true,
  applies: ({ related }) => related.walk !== undefined,
  *run({ related: { walk } }) {
    if (walk) yield* judge(walk);
  },
});

function* judge({ pages, whole }: NonNullable<RelatedExchanges['walk']>): Iterable<CheckYield> {
  const walked = pages.flatMap(({ ids }) => ids);
  if (whole.length < 2 && walked.length < 2) {
    yield { inconclusive: 'situation-absent', detail: 'The list has fewer than two rows.' };
    return;
  }
  const again = walked.find((id, index) => walked.indexOf(id) !== index);
  if (again !== undefined) {
    yield { expected: 'rows that come once', actual: `${again} on two pages`, at: 'body', rule: 'again' };
    return;
  }
  const empty = pages.findIndex(({ ids }, index) => ids.length === 0 && pages[index - 1]?.more === true);
  if (empty !== -1)
    yield { expected: 'rows, for the page before says that there are more', actual: 'none', at: `page ${empty + 1}`, rule: 'more' };
  const from = whole.indexOf(walked[0] ?? '');
  if (from === -1) return;
  const expected = whole.slice(from, from + walked.length);
  if (expected.join(' ') !== walked.slice(0, expected.length).join(' '))
    yield { expected: expected.join(', '), actual: walked.join(', '), at: 'body', rule: 'order' };
  const next = whole[from + walked.length];
  if (pages.at(-1)?.more === false && next !== undefined)
    yield { expected: `${next}, which one long page has`, actual: 'the end of the list', at: 'body', rule: 'end' };
}
