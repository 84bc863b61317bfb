import { keywordLaws } from '../../../test/helpers/keyword-laws.ts';

keywordLaws('default', [
  {
    description: 'of a member',
    schema: { type: 'object', properties: { size: { type: 'integer', minimum: 1, default: 20 } } },
    valid: [{}, { size: 20 }, { size: 1 }],
    invalid: [],
    unbreakable: 'an annotation asserts nothing',
  },
  {
    description: 'that breaks its own schema',
    schema: { type: 'object', properties: { size: { type: 'integer', default: 'large' } } },
    valid: [{ size: 1 }],
    invalid: [],
    unbreakable: 'an annotation asserts nothing',
  },
]);
