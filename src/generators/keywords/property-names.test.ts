import { keywordLaws } from '../../../test/helpers/keyword-laws.ts';

keywordLaws('propertyNames', [
  {
    description: 'a length',
    schema: { type: 'object', additionalProperties: { type: 'string' }, propertyNames: { maxLength: 3 } },
    valid: [{ abc: 'x' }],
    invalid: [{ abcd: 'x' }],
  },
  {
    description: 'a pattern',
    schema: { type: 'object', propertyNames: { pattern: '^[0-9]+$' }, additionalProperties: { type: 'integer' } },
    valid: [{ '12': 1 }],
    invalid: [{ a: 1 }],
  },
  {
    description: 'an enum',
    schema: { type: 'object', properties: { a: { type: 'string' } }, propertyNames: { enum: ['a'] } },
    valid: [{ a: 'x' }],
    invalid: [{ b: 'x' }],
  },
]);
