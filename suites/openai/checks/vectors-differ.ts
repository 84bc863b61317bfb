import { defineCheck, should } from 'assay/pack';
import { answerOf, isAnswered, askedOf, listOf, membersOf, sameJson } from './answer.ts';

/** Long lists say no more than short ones. */
const compared = 16;

export const vectorsDiffer = defineCheck({
  id: 'vectors-differ',
  requirement: should('observed', 'Different inputs have different vectors'),
  needs: 'response',
  operations: ['createEmbedding'],
  applies: isAnswered,
  *run(context) {
    const inputs = listOf(askedOf(context)['input']).slice(0, compared);
    const vectors = listOf(answerOf(context)?.['data']).map((row) => membersOf(row)?.['embedding']);
    const [first] = vectors;
    // A list of numbers is one input.
    const areDifferent = inputs.length > 1 && new Set(inputs.map((input) => JSON.stringify(input))).size === inputs.length;
    if (!areDifferent || typeof inputs[0] === 'number' || vectors.length < inputs.length || first === undefined) return;
    if (vectors.slice(1, inputs.length).every((vector) => sameJson(vector, first)))
      yield { expected: `${inputs.length} different vectors`, actual: 'the same for all', at: '/data/*/embedding' };
  },
});
