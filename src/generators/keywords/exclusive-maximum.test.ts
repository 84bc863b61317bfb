import { keywordLaws } from '../../../test/helpers/keyword-laws.ts';

keywordLaws('exclusiveMaximum', [
  {
    description: 'one',
    schema: { type: 'number', exclusiveMaximum: 1 },
    valid: [0.9],
    invalid: [1, 2],
  },
  {
    description: 'of integers',
    schema: { type: 'integer', exclusiveMaximum: 5 },
    valid: [4],
    invalid: [5],
  },
]);
