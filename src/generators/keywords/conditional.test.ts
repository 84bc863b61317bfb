import type { JsonObject } from '../../model/index.ts';
import { keywordLaws } from '../../../test/helpers/keyword-laws.ts';

/** As text: an object literal with a member `then` looks like a promise. */
function condition(text: string): JsonObject {
  return JSON.parse(text) as JsonObject;
}

keywordLaws('if', [
  {
    description: 'then',
    schema: {
      type: 'object',
      properties: { a: { type: 'string' }, b: { type: 'boolean' } },
      ...condition('{"if": {"required": ["a"]}, "then": {"required": ["b"], "properties": {"b": {"const": true}}}}'),
    },
    valid: [{}, { b: false }, { a: 'x', b: true }],
    invalid: [{ a: 'x' }, { a: 'x', b: false }],
  },
  {
    description: 'by a tag',
    schema: {
      type: 'object',
      properties: { kind: { enum: ['plain', 'sized'] }, size: { type: 'integer' } },
      required: ['kind'],
      ...condition('{"if": {"properties": {"kind": {"const": "sized"}}}, "then": {"required": ["size"]}}'),
    },
    valid: [{ kind: 'plain' }, { kind: 'sized', size: 1 }],
    invalid: [{ kind: 'sized' }],
  },
]);
