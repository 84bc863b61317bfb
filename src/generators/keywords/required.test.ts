import { keywordLaws } from '../../../test/helpers/keyword-laws.ts';

keywordLaws('required', [
  {
    description: 'two members',
    schema: { type: 'object', properties: { a: { type: 'string' }, b: { type: 'integer' } }, required: ['a', 'b'] },
    valid: [{ a: 'x', b: 1 }],
    invalid: [{ a: 'x' }, {}],
  },
  {
    description: 'an undeclared member',
    schema: { type: 'object', required: ['a'] },
    valid: [{ a: null }],
    invalid: [{}],
  },
  {
    description: 'in an entry',
    schema: { type: 'array', items: { type: 'object', properties: { a: { type: 'string' } }, required: ['a'] } },
    valid: [[{ a: 'x' }]],
    invalid: [[{}]],
  },
]);
