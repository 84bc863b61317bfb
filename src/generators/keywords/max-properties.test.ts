import { keywordLaws } from '../../../test/helpers/keyword-laws.ts';

keywordLaws('maxProperties', [
  {
    description: 'of a map',
    schema: { type: 'object', additionalProperties: { type: 'string' }, maxProperties: 2 },
    valid: [{}, { a: 'x', b: 'x' }],
    invalid: [{ a: 'x', b: 'x', c: 'x' }],
  },
  {
    description: 'of the declared',
    schema: { type: 'object', properties: { a: { type: 'string' }, b: { type: 'string' } }, maxProperties: 1 },
    valid: [{ a: 'x' }],
    invalid: [{ a: 'x', b: 'x' }],
  },
]);
