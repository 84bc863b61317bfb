import { keywordLaws } from '../../../test/helpers/keyword-laws.ts';

keywordLaws('minimum', [
  {
    description: 'an integer',
    schema: { type: 'integer', minimum: 3 },
    valid: [3, 4],
    invalid: [2],
  },
  {
    description: 'negative',
    schema: { type: 'number', minimum: -2 },
    valid: [-2, -1.9],
    invalid: [-2.1],
  },
  {
    description: 'with a maximum',
    schema: { type: 'number', minimum: 0, maximum: 1 },
    valid: [0, 0.5],
    invalid: [-0.1],
  },
]);
