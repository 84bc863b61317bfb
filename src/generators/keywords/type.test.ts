import { keywordLaws } from '../../../test/helpers/keyword-laws.ts';

keywordLaws('type', [
  {
    description: 'one type',
    schema: { type: 'string' },
    valid: ['a', ''],
    invalid: [1, null, true, [], {}],
  },
  {
    description: 'integer',
    schema: { type: 'integer' },
    valid: [1, -3, 2],
    invalid: [1.5, '1', null],
  },
  {
    description: 'several types',
    schema: { type: ['number', 'null'] },
    valid: [1.5, null],
    invalid: ['a', [], {}],
  },
  {
    description: 'in a member',
    schema: { type: 'object', properties: { a: { type: 'boolean' } }, required: ['a'] },
    valid: [{ a: true }],
    invalid: [{ a: 'true' }, { a: null }],
  },
  {
    description: 'in an entry',
    schema: { type: 'array', items: { type: 'integer' } },
    valid: [[], [1]],
    invalid: [[1.5], ['1']],
  },
]);
