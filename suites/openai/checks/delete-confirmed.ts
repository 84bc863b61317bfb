import { defineCheck, must } from 'assay/pack';
import { answerOf, membersOf, quote } from './answer.ts';

/** The id is the last segment of the path, which is a parameter of every delete but that of a permission's list. */
export const deleteConfirmed = defineCheck({
  id: 'delete-confirmed',
  requirement: must('prose', 'A delete answers with the id that was deleted and says so'),
  needs: 'response',
  applies: (context) => context.operation.method === 'DELETE' && answerOf(context) !== undefined,
  *run(context) {
    const answer = membersOf(answerOf(context));
    if (answer?.['deleted'] !== true) yield { expected: 'true', actual: quote(answer?.['deleted']), at: '/deleted', rule: 'deleted' };
    if (!context.operation.path.endsWith('}')) return;
    const id = decodeURIComponent(new URL(context.exchange.request.url, 'http://any.invalid').pathname.split('/').at(-1) ?? '');
    if (answer?.['id'] !== id) yield { expected: quote(id), actual: quote(answer?.['id']), at: '/id', rule: 'id' };
  },
});
