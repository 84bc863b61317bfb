import { keywordLaws } from '../../../test/helpers/keyword-laws.ts';

keywordLaws('exclusiveMinimum', [
  {
    description: 'zero',
    schema: { type: 'number', exclusiveMinimum: 0 },
    valid: [0.1],
    invalid: [0, -1],
  },
  {
    description: 'of integers',
    schema: { type: 'integer', exclusiveMinimum: 5 },
    valid: [6],
    invalid: [5],
  },
]);
