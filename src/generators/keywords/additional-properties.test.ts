import { keywordLaws } from '../../../test/helpers/keyword-laws.ts';

keywordLaws('additionalProperties', [
  {
    description: 'closed',
    schema: { type: 'object', properties: { a: { type: 'string' } }, additionalProperties: false },
    valid: [{}, { a: 'x' }],
    invalid: [{ b: 1 }],
  },
  {
    description: 'closed with a pattern',
    schema: { type: 'object', patternProperties: { '^x_': { type: 'integer' } }, additionalProperties: false },
    valid: [{ x_a: 1 }],
    invalid: [{ y: 1 }],
  },
]);
