import { keywordLaws } from '../../../test/helpers/keyword-laws.ts';

keywordLaws('maxItems', [
  {
    description: 'two',
    schema: { type: 'array', maxItems: 2, items: { type: 'integer' } },
    valid: [[], [1, 2]],
    invalid: [[1, 2, 3]],
  },
  {
    description: 'none',
    schema: { type: 'array', maxItems: 0 },
    valid: [[]],
    invalid: [[1]],
  },
]);
