import { defineCheck, should } from 'assay/pack';
import { answerOf, isAnswered, askedOf, quote } from './answer.ts';

/** The service answers with the asked model or a dated snapshot of it; old names are mapped to others, so only the newer operation is judged. */
export const modelAsAsked = defineCheck({
  id: 'model-as-asked',
  requirement: should('prose', 'The answer names the model that was asked for, or a snapshot of it'),
  needs: 'response',
  operations: ['createResponse'],
  applies: (context) => isAnswered(context) && typeof askedOf(context)['model'] === 'string',
  *run(context) {
    const asked = String(askedOf(context)['model']);
    const answered = answerOf(context)?.['model'];
    if (typeof answered !== 'string' || !answered.startsWith(asked))
      yield { expected: `${asked}, or a name that starts with it`, actual: quote(answered), at: '/model' };
  },
});
