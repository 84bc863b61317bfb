import { type CheckContext, defineCheck, must } from 'assay/pack';
import { answerOf, listOf, membersOf, quote } from './answer.ts';

/** The page size where none is asked for; lists that say nothing of it are left out. */
const usualLimits: ReadonlyMap<string, number> = new Map([
  ['listAssistants', 20],
  ['listMessages', 20],
  ['listRuns', 20],
  ['listRunSteps', 20],
  ['listVectorStores', 20],
  ['listVectorStoreFiles', 20],
  ['listFilesInVectorStoreBatch', 20],
  ['listBatches', 20],
  ['listFiles', 10_000],
  ['listChatCompletions', 20],
  ['getChatCompletionMessages', 20],
  ['listInputItems', 20],
  ['listPaginatedFineTuningJobs', 20],
  ['listFineTuningEvents', 20],
  ['listFineTuningJobCheckpoints', 10],
]);

export const listPageWhole = defineCheck({
  id: 'list-page-whole',
  requirement: must('prose', 'A page has no more rows than asked for, and names its first and last one'),
  needs: 'response',
  applies: (context) =>
    context.operation.method === 'GET' && answerOf(context)?.['object'] === 'list' && Array.isArray(answerOf(context)?.['data']),
  *run(context) {
    const answer = answerOf(context);
    const rows = listOf(answer?.['data']);
    const limit = limitOf(context);
    if (limit !== undefined && rows.length > limit)
      yield { expected: `at most ${limit} rows`, actual: `${rows.length} rows`, at: '/data', rule: 'limit' };
    const ends = [
      ['first_id', rows[0]],
      ['last_id', rows.at(-1)],
    ] as const;
    for (const [name, row] of ends) {
      const said = answer?.[name];
      const id = membersOf(row)?.['id'];
      if (typeof said === 'string' && typeof id === 'string' && said !== id)
        yield { expected: quote(id), actual: quote(said), at: `/${name}`, rule: name };
    }
  },
});

function limitOf({ operation, request }: CheckContext): number | undefined {
  const asked = request.query.find(([name]) => name === 'limit')?.[1];
  return asked !== undefined && /^\d+$/.test(asked) ? Number(asked) : usualLimits.get(operation.id);
}
