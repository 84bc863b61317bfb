import { defineCheck, must } from 'assay/pack';
import { answerOf, isAnswered, quote } from './answer.ts';

/** The states that the answer of an operation can show. */
const states: ReadonlyMap<string, readonly string[]> = new Map([
  ['createUpload', ['pending']],
  ['completeUpload', ['completed']],
  ['cancelUpload', ['cancelled']],
  ['createBatch', ['validating', 'failed', 'in_progress']],
  ['cancelBatch', ['cancelling', 'cancelled']],
  ['cancelRun', ['cancelling', 'cancelled']],
  ['cancelFineTuningJob', ['cancelled']],
  ['cancelVectorStoreFileBatch', ['cancelled', 'in_progress', 'completed', 'cancelling', 'failed']],
  ['create-project', ['active']],
  ['archive-project', ['archived']],
  ['inviteUser', ['pending']],
]);

export const stateAfterCall = defineCheck({
  id: 'state-after-call',
  requirement: must('prose', 'The answer shows the state that the call brings about'),
  needs: 'response',
  operations: [...states.keys()],
  applies: isAnswered,
  *run(context) {
    const allowed = states.get(context.operation.id) ?? [];
    const status = answerOf(context)?.['status'];
    if (!allowed.includes(String(status))) yield { expected: allowed.join(' or '), actual: quote(status), at: '/status' };
  },
});
