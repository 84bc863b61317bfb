import { type CheckContext, defineCheck, must } from 'assay/pack';
import { answerOf, listOf, membersOf, numberOf, quote } from './answer.ts';

/** Lists that are sorted by created_at, the newest first unless `order` says otherwise. */
const newestFirst = ['listAssistants', 'listMessages', 'listRuns', 'listRunSteps', 'listVectorStores', 'listVectorStoreFiles'];

export const listInOrder = defineCheck({
  id: 'list-in-order',
  requirement: must('prose', 'The rows of a page are sorted by created_at in the order that was asked for'),
  needs: 'response',
  operations: newestFirst,
  applies: (context) => timesOf(context).length > 1,
  *run(context) {
    const order = orderOf(context);
    const times = timesOf(context);
    const wrong = times.findIndex((time, index) => {
      const before = times[index - 1];
      return before !== undefined && (order === 'asc' ? time < before : time > before);
    });
    if (wrong !== -1)
      yield {
        expected: `created_at in the order ${order}`,
        actual: quote(times.slice(wrong - 1, wrong + 1)),
        at: `/data/${wrong}/created_at`,
        rule: order === 'asc' ? 'asc' : 'desc',
      };
  },
});

function orderOf({ request }: CheckContext): string {
  return request.query.find(([name]) => name === 'order')?.[1] ?? 'desc';
}

function timesOf(context: CheckContext): readonly number[] {
  const rows = listOf(answerOf(context)?.['data']);
  const times = rows.map((row) => numberOf(membersOf(row)?.['created_at']));
  return times.every((time) => time !== undefined) ? times : [];
}
