import { defineCheck, must } from 'assay/pack';
import { answerOf, isAnswered, askedOf, countAsked, listOf, type Members, membersOf, quote } from './answer.ts';

/** One choice for each of `n`, and for completions for each prompt; a list of numbers is one prompt. */
export const choicesAsAsked = defineCheck({
  id: 'choices-as-asked',
  requirement: must('prose', 'There are as many choices as were asked for, numbered from 0'),
  needs: 'response',
  operations: ['createChatCompletion', 'createCompletion'],
  // Whether there are choices at all, and what an index is, the schema says.
  applies: (context) => isAnswered(context) && Array.isArray(answerOf(context)?.['choices']),
  *run(context) {
    const asked = askedOf(context);
    const choices = listOf(answerOf(context)?.['choices']);
    const wanted = (countAsked(asked, 'n') ?? 1) * promptsIn(asked);
    if (choices.length !== wanted)
      yield { expected: `${wanted} choices`, actual: `${choices.length} choices`, at: '/choices', rule: 'count' };
    const indexes = choices.map((choice) => membersOf(choice)?.['index']);
    if (indexes.some((index) => typeof index !== 'number')) return;
    const inOrder = indexes.toSorted((a, b) => Number(a) - Number(b)).every((index, position) => index === position);
    if (!inOrder)
      yield { expected: `each index from 0 to ${choices.length - 1} once`, actual: quote(indexes), at: '/choices/*/index', rule: 'index' };
  },
});

function promptsIn(asked: Members): number {
  const { prompt } = asked;
  return Array.isArray(prompt) && !prompt.every((entry) => typeof entry === 'number') ? prompt.length : 1;
}
