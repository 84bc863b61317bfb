import { type CheckContext, defineCheck, must } from 'assay/pack';
import { answerOf, isAnswered, askedOf, listOf, membersOf, quote } from './answer.ts';

/** What each reason says that the message holds. */
const holds = { tool_calls: 'tool_calls', function_call: 'function_call' } as const;

export const finishReasonFits = defineCheck({
  id: 'finish-reason-fits',
  requirement: must('prose', 'A choice that ends with a call holds one, and one that calls of its own accord ends with the call'),
  needs: 'response',
  operations: ['createChatCompletion', 'getChatCompletion'],
  applies: isAnswered,
  *run(context) {
    for (const [index, value] of listOf(answerOf(context)?.['choices']).entries()) {
      const choice = membersOf(value);
      const message = membersOf(choice?.['message']);
      if (choice?.['finish_reason'] === 'stop' && listOf(message?.['tool_calls']).length > 0 && isFree(context)) {
        yield { expected: 'tool_calls', actual: 'stop', at: `/choices/${index}/finish_reason`, rule: 'called' };
      }
      for (const [reason, member] of Object.entries(holds)) {
        if (choice?.['finish_reason'] !== reason) continue;
        const call = message?.[member];
        const there = Array.isArray(call) ? call.length > 0 : membersOf(call) !== undefined;
        if (!there)
          yield {
            expected: `a ${member} beside finish_reason ${reason}`,
            actual: quote(call),
            at: `/choices/${index}/message/${member}`,
            rule: reason,
          };
      }
    }
  },
});

/** A forced call of the real service ends with `stop`; what was asked of a stored completion is not known. */
function isFree(context: CheckContext): boolean {
  const choice = askedOf(context)['tool_choice'];
  return context.operation.id === 'createChatCompletion' && (choice === undefined || choice === null || choice === 'auto');
}
