import { keywordLaws } from '../../../test/helpers/keyword-laws.ts';

keywordLaws('maxLength', [
  {
    description: 'two',
    schema: { type: 'string', maxLength: 2 },
    valid: ['ab', ''],
    invalid: ['abc'],
  },
  {
    description: 'counts code points',
    schema: { type: 'string', maxLength: 2 },
    valid: ['😀😀'],
    invalid: ['😀😀😀'],
  },
  {
    description: 'with a pattern',
    schema: { type: 'string', maxLength: 4, pattern: '^[a-z]+$' },
    valid: ['abcd'],
    invalid: ['abcde'],
  },
]);
