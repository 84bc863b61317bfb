import { defineCheck, should } from 'assay/pack';
import { answerOf, listOf } from './answer.ts';

/** Old servers listed all files without cursors, so the document was mended; a client that walks the list needs them. */
export const listEndsTold = defineCheck({
  id: 'list-ends-told',
  requirement: should('observed', 'A list of files says whether there is more, and with which ids it begins and ends'),
  needs: 'response',
  operations: ['listFiles'],
  applies: (context) => Array.isArray(answerOf(context)?.['data']),
  *run(context) {
    const answer = answerOf(context);
    if (typeof answer?.['has_more'] !== 'boolean')
      yield { expected: 'true or false', actual: String(answer?.['has_more']), at: '/has_more', rule: 'has_more' };
    if (listOf(answer?.['data']).length === 0) return;
    for (const name of ['first_id', 'last_id']) {
      if (typeof answer?.[name] !== 'string') yield { expected: 'an id', actual: String(answer?.[name]), at: `/${name}`, rule: name };
    }
  },
});
