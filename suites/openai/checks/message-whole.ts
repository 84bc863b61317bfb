import { defineCheck, should } from 'assay/pack';
import { answerOf, isAnswered, listOf, membersOf } from './answer.ts';

/** Stored messages hold nulls there, and those of years ago lacked the refusal; so the document was mended, and new answers are asked here. */
export const messageWhole = defineCheck({
  id: 'message-whole',
  requirement: should('observed', 'The message of a new answer says whether it refuses, and leaves calls out where it has none'),
  needs: 'response',
  operations: ['createChatCompletion'],
  applies: isAnswered,
  *run(context) {
    for (const [index, choice] of listOf(answerOf(context)?.['choices']).entries()) {
      const message = membersOf(membersOf(choice)?.['message']);
      if (!message) continue;
      const at = `/choices/${index}/message`;
      if (!Object.hasOwn(message, 'refusal'))
        yield { expected: 'refusal, null where there is none', actual: 'nothing', at: `${at}/refusal`, rule: 'refusal' };
      for (const name of ['tool_calls', 'function_call']) {
        if (message[name] === null) yield { expected: `no ${name} where there is none`, actual: 'null', at: `${at}/${name}`, rule: name };
      }
    }
  },
});
