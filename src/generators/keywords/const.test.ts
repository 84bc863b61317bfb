import { keywordLaws } from '../../../test/helpers/keyword-laws.ts';

keywordLaws('const', [
  {
    description: 'a word',
    schema: { const: 'on' },
    valid: ['on'],
    invalid: ['off', null],
  },
  {
    description: 'a number',
    schema: { const: 2 },
    valid: [2],
    invalid: [3, '2'],
  },
  {
    description: 'false',
    schema: { const: false },
    valid: [false],
    invalid: [true, 0],
  },
  {
    description: 'an object',
    schema: { const: { a: 1 } },
    valid: [{ a: 1 }],
    invalid: [{ a: 2 }, {}],
  },
]);
