import { keywordLaws } from '../../../test/helpers/keyword-laws.ts';

keywordLaws('minItems', [
  {
    description: 'two',
    schema: { type: 'array', minItems: 2, items: { type: 'string' } },
    valid: [['a', 'b']],
    invalid: [['a'], []],
  },
  {
    description: 'of different entries',
    schema: { type: 'array', minItems: 3, uniqueItems: true, items: { enum: ['a', 'b', 'c', 'd'] } },
    valid: [['a', 'b', 'c']],
    invalid: [['a', 'b']],
  },
]);
