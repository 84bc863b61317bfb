import { keywordLaws } from '../../../test/helpers/keyword-laws.ts';

keywordLaws('minProperties', [
  {
    description: 'one of the declared',
    schema: { type: 'object', properties: { a: { type: 'string' }, b: { type: 'string' } }, minProperties: 1 },
    valid: [{ a: 'x' }],
    invalid: [{}],
  },
  {
    description: 'of a map',
    schema: { type: 'object', additionalProperties: { type: 'integer' }, minProperties: 2 },
    valid: [{ a: 1, b: 2 }],
    invalid: [{ a: 1 }],
  },
]);
