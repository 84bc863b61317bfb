import { keywordLaws } from '../../../test/helpers/keyword-laws.ts';

keywordLaws('unevaluatedProperties', [
  {
    description: 'closed over allOf',
    schema: {
      type: 'object',
      allOf: [{ properties: { a: { type: 'string' } } }],
      properties: { b: { type: 'integer' } },
      unevaluatedProperties: false,
    },
    valid: [{ a: 'x', b: 1 }],
    invalid: [{ c: 1 }],
  },
]);
