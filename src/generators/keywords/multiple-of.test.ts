import { keywordLaws } from '../../../test/helpers/keyword-laws.ts';

keywordLaws('multipleOf', [
  {
    description: 'of integers',
    schema: { type: 'integer', multipleOf: 5 },
    valid: [0, 10],
    invalid: [7],
  },
  {
    description: 'of a fraction',
    schema: { type: 'number', multipleOf: 0.5, minimum: 1 },
    valid: [1, 2.5],
    invalid: [1.2],
  },
  {
    description: 'with bounds',
    schema: { type: 'integer', multipleOf: 4, minimum: 6, maximum: 17 },
    valid: [8, 16],
    invalid: [10],
  },
]);
