import { keywordLaws } from '../../../test/helpers/keyword-laws.ts';

keywordLaws('minLength', [
  {
    description: 'two',
    schema: { type: 'string', minLength: 2 },
    valid: ['ab'],
    invalid: ['a', ''],
  },
  {
    description: 'counts code points',
    schema: { type: 'string', minLength: 2 },
    valid: ['😀😀'],
    invalid: ['😀'],
  },
]);
