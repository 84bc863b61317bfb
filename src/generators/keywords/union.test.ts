import { keywordLaws } from '../../../test/helpers/keyword-laws.ts';

keywordLaws('anyOf', [
  {
    description: 'of types',
    schema: { anyOf: [{ type: 'string' }, { type: 'array', items: { type: 'string' } }] },
    valid: ['a', ['a']],
    invalid: [1, [1]],
  },
  {
    description: 'of objects',
    schema: {
      anyOf: [
        { type: 'object', properties: { kind: { const: 'a' }, x: { type: 'string' } }, required: ['kind', 'x'] },
        { type: 'object', properties: { kind: { const: 'b' } }, required: ['kind'] },
      ],
    },
    valid: [{ kind: 'b' }],
    invalid: [{ kind: 'c' }, { kind: 'a' }],
  },
  {
    description: 'recursive',
    schema: {
      $defs: {},
      anyOf: [
        { type: 'object', properties: { op: { const: 'eq' } }, required: ['op'] },
        {
          type: 'object',
          properties: {
            op: { const: 'and' },
            all: { type: 'array', items: { $ref: '#/paths/~1values/post/requestBody/content/application~1json/schema' } },
          },
          required: ['op', 'all'],
        },
      ],
    },
    valid: [{ op: 'and', all: [{ op: 'eq' }] }],
    invalid: [{ op: 'and', all: [{}] }],
  },
  {
    description: 'with null',
    schema: { anyOf: [{ type: 'object', properties: { a: { type: 'string' } }, required: ['a'] }, { type: 'null' }] },
    valid: [null, { a: 'x' }],
    invalid: [{}, 1],
  },
]);
