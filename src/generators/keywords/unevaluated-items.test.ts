import { keywordLaws } from '../../../test/helpers/keyword-laws.ts';

keywordLaws('unevaluatedItems', [
  {
    description: 'nothing beyond what allOf describes',
    schema: { type: 'array', allOf: [{ prefixItems: [{ type: 'string' }] }], unevaluatedItems: false },
    valid: [[], ['a']],
    invalid: [['a', 1]],
  },
]);
