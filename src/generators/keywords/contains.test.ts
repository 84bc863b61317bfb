import { keywordLaws } from '../../../test/helpers/keyword-laws.ts';

keywordLaws('contains', [
  {
    description: 'one',
    schema: { type: 'array', items: { type: 'integer' }, contains: { minimum: 10 } },
    valid: [[1, 10]],
    invalid: [[1], []],
  },
  {
    description: 'two',
    schema: { type: 'array', items: { type: 'integer' }, contains: { const: 7 }, minContains: 2 },
    valid: [[7, 7]],
    invalid: [[7]],
  },
  {
    description: 'at most one',
    schema: { type: 'array', items: { type: 'integer' }, contains: { const: 7 }, maxContains: 1 },
    valid: [[7, 1]],
    invalid: [[7, 7]],
  },
]);
