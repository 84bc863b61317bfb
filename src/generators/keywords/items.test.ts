import { keywordLaws } from '../../../test/helpers/keyword-laws.ts';

keywordLaws('items', [
  {
    description: 'nothing beyond the prefix',
    schema: { type: 'array', prefixItems: [{ type: 'string' }, { type: 'integer' }], items: false },
    valid: [['a', 1], ['a']],
    invalid: [['a', 1, true]],
  },
]);
