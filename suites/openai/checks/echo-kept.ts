import { defineCheck, must } from 'assay/pack';
import { answerOf, isAnswered, askedOf, listOf, membersOf, quote } from './answer.ts';

/** Token lists are no text that we could compare. */
export const echoKept = defineCheck({
  id: 'echo-kept',
  requirement: must('prose', 'With echo every text begins with its prompt'),
  needs: 'response',
  operations: ['createCompletion'],
  applies: (context) => isAnswered(context) && askedOf(context)['echo'] === true && typeof askedOf(context)['prompt'] === 'string',
  *run(context) {
    const prompt = String(askedOf(context)['prompt']);
    for (const [index, choice] of listOf(answerOf(context)?.['choices']).entries()) {
      const text = membersOf(choice)?.['text'];
      if (typeof text === 'string' && !text.startsWith(prompt))
        yield { expected: `${quote(prompt)} at the start`, actual: quote(text), at: `/choices/${index}/text` };
    }
  },
});
