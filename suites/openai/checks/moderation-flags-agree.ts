import { defineCheck, must } from 'assay/pack';
import { answerOf, isAnswered, askedOf, listOf, membersOf, quote } from './answer.ts';

export const moderationFlagsAgree = defineCheck({
  id: 'moderation-flags-agree',
  requirement: must('prose', 'A result is flagged exactly when a category of it is, and each text has its result'),
  needs: 'response',
  operations: ['createModeration'],
  applies: (context) => isAnswered(context) && Array.isArray(answerOf(context)?.['results']),
  *run(context) {
    const results = listOf(answerOf(context)?.['results']);
    for (const [index, value] of results.entries()) {
      const result = membersOf(value);
      const any = Object.values(membersOf(result?.['categories']) ?? {}).includes(true);
      if (result?.['flagged'] !== any)
        yield {
          expected: `${any}, as the categories say`,
          actual: quote(result?.['flagged']),
          at: `/results/${index}/flagged`,
          rule: 'flagged',
        };
    }
    const { input } = askedOf(context);
    const texts = Array.isArray(input) && input.every((entry) => typeof entry === 'string') ? input.length : undefined;
    if (texts !== undefined && results.length !== texts)
      yield { expected: `${texts} results`, actual: `${results.length} results`, at: '/results', rule: 'count' };
  },
});
