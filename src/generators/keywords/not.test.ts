import { keywordLaws } from '../../../test/helpers/keyword-laws.ts';

keywordLaws('not', [
  {
    description: 'a type',
    schema: { type: ['string', 'integer'], not: { type: 'integer' } },
    valid: ['a'],
    invalid: [1],
  },
  {
    description: 'a member',
    schema: { type: 'object', properties: { a: { type: 'string' }, b: { type: 'string' } }, not: { required: ['a'] } },
    valid: [{}, { b: 'x' }],
    invalid: [{ a: 'x' }],
  },
  {
    description: 'two members together',
    schema: { type: 'object', properties: { a: { type: 'string' }, b: { type: 'string' } }, not: { required: ['a', 'b'] } },
    valid: [{}, { a: 'x' }],
    invalid: [{ a: 'x', b: 'x' }],
  },
  {
    description: 'a constant',
    schema: { type: 'string', not: { const: 'text' } },
    valid: ['a'],
    invalid: ['text'],
  },
]);
