import { keywordLaws } from '../../../test/helpers/keyword-laws.ts';

keywordLaws('maximum', [
  {
    description: 'an integer',
    schema: { type: 'integer', maximum: 3 },
    valid: [3, -4],
    invalid: [4],
  },
  {
    description: 'a fraction',
    schema: { type: 'number', maximum: 0.5 },
    valid: [0.5],
    invalid: [0.6],
  },
  {
    description: 'a narrow range',
    schema: { type: 'number', minimum: 0.1, maximum: 0.2 },
    valid: [0.15],
    invalid: [0.3],
  },
]);
