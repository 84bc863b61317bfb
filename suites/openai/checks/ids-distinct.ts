import { type CheckContext, defineCheck, should } from 'assay/pack';
import { answerOf, isAnswered, listOf, membersOf, quote, textOf } from './answer.ts';

/** Results go back under the id of their call, and items under their own: one id for two things names neither. */
export const idsDistinct = defineCheck({
  id: 'ids-distinct',
  requirement: should('observed', 'Calls and items of one answer have an id each, and the id of an item is not that of its call'),
  needs: 'response',
  operations: ['createChatCompletion', 'createResponse', 'getResponse'],
  applies: isAnswered,
  *run(context) {
    for (const [at, ids] of idsIn(context)) {
      const twice = ids.find((id, index) => ids.indexOf(id) !== index);
      if (twice !== undefined) yield { expected: 'an id of its own for each', actual: `${quote(twice)} twice`, at, rule: 'twice' };
    }
    for (const [index, value] of listOf(answerOf(context)?.['output']).entries()) {
      const item = membersOf(value);
      const id = textOf(item?.['id']);
      if (id === undefined || id === '' || id !== item?.['call_id']) continue;
      yield { expected: 'another id than call_id', actual: quote(id), at: `/output/${index}/id`, rule: 'call-id' };
    }
  },
});

function idsIn(context: CheckContext): [string, string[]][] {
  const answer = answerOf(context);
  const ids = (list: unknown): string[] => listOf(list).flatMap((one) => textOf(membersOf(one)?.['id']) ?? []);
  const calls = listOf(answer?.['choices']).map((choice, index): [string, string[]] => [
    `/choices/${index}/message/tool_calls/*/id`,
    ids(membersOf(membersOf(choice)?.['message'])?.['tool_calls']),
  ]);
  return [...calls, ['/output/*/id', ids(answer?.['output'])]];
}
