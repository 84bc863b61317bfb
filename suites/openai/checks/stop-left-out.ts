import { defineCheck, must } from 'assay/pack';
import { answerOf, isAnswered, askedOf, type Members, listOf, membersOf, quote, textOf } from './answer.ts';

export const stopLeftOut = defineCheck({
  id: 'stop-left-out',
  requirement: must('prose', 'The returned text does not hold the stop sequence'),
  needs: 'response',
  operations: ['createChatCompletion', 'createCompletion'],
  applies: (context) => isAnswered(context) && stopsIn(askedOf(context)).length > 0 && askedOf(context)['echo'] !== true,
  *run(context) {
    const stops = stopsIn(askedOf(context));
    for (const [index, value] of listOf(answerOf(context)?.['choices']).entries()) {
      const choice = membersOf(value);
      const text = textOf(choice?.['text']) ?? textOf(membersOf(choice?.['message'])?.['content']) ?? '';
      const found = stops.find((stop) => text.includes(stop));
      if (found !== undefined) yield { expected: `no ${quote(found)} in the text`, actual: quote(text), at: `/choices/${index}` };
    }
  },
});

function stopsIn(asked: Members): string[] {
  const { stop } = asked;
  return (Array.isArray(stop) ? stop : [stop]).filter((one): one is string => typeof one === 'string' && one !== '');
}
