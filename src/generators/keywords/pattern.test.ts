import { keywordLaws } from '../../../test/helpers/keyword-laws.ts';

keywordLaws('pattern', [
  {
    description: 'digits',
    schema: { type: 'string', pattern: '^[0-9]+$' },
    valid: ['12'],
    invalid: ['a', ''],
  },
  {
    description: 'not anchored',
    schema: { type: 'string', pattern: 'a' },
    valid: ['bab'],
    invalid: ['b'],
  },
  {
    description: 'with lengths',
    schema: { type: 'string', pattern: '^[a-z_-]*$', minLength: 3, maxLength: 5 },
    valid: ['a-b'],
    invalid: ['A-B'],
  },
  {
    description: 'Unicode classes',
    schema: { type: 'string', pattern: '^\\p{L}+$' },
    valid: ['é'],
    invalid: ['1'],
  },
]);
