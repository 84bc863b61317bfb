import { keywordLaws } from '../../../test/helpers/keyword-laws.ts';

keywordLaws('dependentRequired', [
  {
    description: 'one needs one',
    schema: { type: 'object', properties: { a: { type: 'string' }, b: { type: 'string' } }, dependentRequired: { a: ['b'] } },
    valid: [{}, { b: 'x' }, { a: 'x', b: 'x' }],
    invalid: [{ a: 'x' }],
  },
]);
