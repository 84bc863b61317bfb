import { defineCheck, must } from 'assay/pack';
import { answerOf, answers, listOf, membersOf, quote } from './answer.ts';

/** What each reason says that the message holds. The other direction is not judged: a forced call of the real service ends with `stop`. */
const holds = { tool_calls: 'tool_calls', function_call: 'function_call' } as const;

export const finishReasonFits = defineCheck({
  id: 'finish-reason-fits',
  requirement: must('prose', 'A choice that ends with a call holds one'),
  needs: 'response',
  applies: answers('createChatCompletion', 'getChatCompletion'),
  *run(context) {
    for (const [index, value] of listOf(answerOf(context)?.['choices']).entries()) {
      const choice = membersOf(value);
      const message = membersOf(choice?.['message']);
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
