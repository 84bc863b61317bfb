import { keywordLaws } from '../../../test/helpers/keyword-laws.ts';

keywordLaws('enum', [
  {
    description: 'words',
    schema: { type: 'string', enum: ['red', 'green'] },
    valid: ['red'],
    invalid: ['blue', 'RED', ''],
  },
  {
    description: 'mixed',
    schema: { enum: ['a', 1, null, true] },
    valid: ['a', 1, null, true],
    invalid: ['b', 2, false],
  },
  {
    description: 'numbers',
    schema: { type: 'integer', enum: [1, 2] },
    valid: [2],
    invalid: [3],
  },
  {
    description: 'in a member',
    schema: { type: 'object', properties: { colour: { enum: ['red'] } } },
    valid: [{}, { colour: 'red' }],
    invalid: [{ colour: 'green' }],
  },
]);
