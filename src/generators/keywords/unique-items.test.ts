import { keywordLaws } from '../../../test/helpers/keyword-laws.ts';

keywordLaws('uniqueItems', [
  {
    description: 'of words',
    schema: { type: 'array', uniqueItems: true, items: { type: 'string' } },
    valid: [['a', 'b']],
    invalid: [['a', 'a']],
  },
  {
    description: 'of objects',
    schema: { type: 'array', uniqueItems: true, items: { type: 'object', properties: { a: { type: 'integer' } }, required: ['a'] } },
    valid: [[{ a: 1 }, { a: 2 }]],
    invalid: [[{ a: 1 }, { a: 1 }]],
  },
  {
    description: 'of a fixed length',
    schema: { type: 'array', uniqueItems: true, minItems: 2, maxItems: 2, items: { type: 'integer' } },
    valid: [[1, 2]],
    invalid: [[1, 1]],
  },
  {
    description: 'of members of an enum',
    schema: { type: 'array', uniqueItems: true, items: { enum: [1, 2, 3] } },
    valid: [[3, 1]],
    invalid: [[3, 3]],
  },
]);
