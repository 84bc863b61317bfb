import { describe, expect, test } from 'vitest';
import type { Json, JsonObject } from '../model/index.ts';
import { createJudge, valueAt } from '../schema/index.ts';
import { toJsonSchema } from './dialect.ts';

interface Row {
  readonly title: string;
  readonly openapi?: '3.0' | '3.1';
  readonly schema: Json;
  readonly becomes: Json;
}

const other: JsonObject = { type: 'object', required: ['a'], properties: { a: { type: 'string' } } };
const reference = { $ref: '#/components/schemas/Other' };

function convert(schema: Json, openapi: '3.0' | '3.1'): JsonObject {
  return toJsonSchema(
    { openapi: `${openapi}.0`, info: { title: 't', version: '1' }, paths: {}, components: { schemas: { It: schema, Other: other } } },
    openapi,
  );
}

const rows: readonly Row[] = [
  { title: 'nullable beside a type', schema: { type: 'string', nullable: true }, becomes: { type: ['string', 'null'] } },
  { title: 'nullable: false', schema: { type: 'string', nullable: false }, becomes: { type: 'string' } },
  {
    title: 'nullable beside a list of types (3.1)',
    openapi: '3.1',
    schema: { type: ['string', 'integer'], nullable: true },
    becomes: { type: ['string', 'integer', 'null'] },
  },
  {
    title: 'nullable beside an enum',
    schema: { type: 'string', enum: ['a'], nullable: true },
    becomes: { type: ['string', 'null'], enum: ['a', null] },
  },
  {
    title: 'nullable beside an enum that has null',
    schema: { type: 'string', enum: ['a', null], nullable: true },
    becomes: { type: ['string', 'null'], enum: ['a', null] },
  },
  { title: 'nullable beside an enum without type', schema: { enum: ['a'], nullable: true }, becomes: { enum: ['a', null] } },
  { title: 'nullable beside a const (3.1)', openapi: '3.1', schema: { const: 'a', nullable: true }, becomes: { enum: ['a', null] } },
  { title: 'nullable beside nothing', schema: { nullable: true }, becomes: {} },
  {
    title: 'nullable beside $ref',
    schema: { ...reference, nullable: true },
    becomes: { anyOf: [reference, { type: 'null' }], 'x-assay-nullable': true },
  },
  {
    title: 'nullable beside $ref (3.1)',
    openapi: '3.1',
    schema: { ...reference, nullable: true },
    becomes: { anyOf: [reference, { type: 'null' }], 'x-assay-nullable': true },
  },
  {
    title: 'nullable beside allOf',
    schema: { allOf: [reference], nullable: true },
    becomes: { anyOf: [{ allOf: [reference] }, { type: 'null' }], 'x-assay-nullable': true },
  },
  {
    title: 'nullable beside anyOf',
    schema: { anyOf: [reference, { type: 'string' }], nullable: true },
    becomes: { anyOf: [reference, { type: 'string' }, { type: 'null' }] },
  },
  {
    title: 'nullable beside oneOf',
    schema: { oneOf: [reference, { type: 'string' }], nullable: true },
    becomes: { anyOf: [reference, { type: 'string' }, { type: 'null' }], 'x-assay-one-of': true },
  },
  {
    title: 'nullable beside a type and a union',
    schema: { type: 'object', anyOf: [{ required: ['a'] }, { required: ['b'] }], nullable: true, default: null },
    becomes: {
      default: null,
      anyOf: [{ type: 'object', anyOf: [{ required: ['a'] }, { required: ['b'] }] }, { type: 'null' }],
      'x-assay-nullable': true,
    },
  },
  {
    title: 'a null marker in allOf',
    schema: { allOf: [reference, { nullable: true }] },
    becomes: { anyOf: [{ allOf: [reference] }, { type: 'null' }], 'x-assay-nullable': true },
  },
  {
    title: 'a null marker in anyOf',
    schema: { anyOf: [reference, { nullable: true }] },
    becomes: { anyOf: [reference, { type: 'null' }] },
  },
  {
    title: 'a boolean exclusive bound',
    schema: { type: 'number', minimum: 0, exclusiveMinimum: true },
    becomes: { type: 'number', exclusiveMinimum: 0 },
  },
  {
    title: 'a boolean exclusive bound that says no',
    schema: { type: 'number', maximum: 9, exclusiveMaximum: false },
    becomes: { type: 'number', maximum: 9 },
  },
  { title: 'a boolean exclusive bound without a bound', schema: { exclusiveMinimum: true }, becomes: {} },
  {
    title: 'a boolean exclusive bound (3.1)',
    openapi: '3.1',
    schema: { minimum: 0, exclusiveMinimum: true },
    becomes: { exclusiveMinimum: 0 },
  },
  {
    title: 'a numeric exclusive bound (3.1)',
    openapi: '3.1',
    schema: { minimum: 0, exclusiveMinimum: 3 },
    becomes: { minimum: 0, exclusiveMinimum: 3 },
  },
  { title: 'siblings of $ref in 3.0', schema: { ...reference, maxProperties: 1, 'x-kept': 1 }, becomes: { ...reference, 'x-kept': 1 } },
  {
    title: 'siblings of $ref in 3.1',
    openapi: '3.1',
    schema: { ...reference, maxProperties: 1 },
    becomes: { ...reference, maxProperties: 1 },
  },
  { title: 'oneOf', schema: { oneOf: [{ type: 'string' }] }, becomes: { anyOf: [{ type: 'string' }], 'x-assay-one-of': true } },
  {
    title: 'oneOf beside anyOf',
    schema: { oneOf: [{ type: 'string' }], anyOf: [{ minLength: 1 }] },
    becomes: { anyOf: [{ minLength: 1 }], allOf: [{ anyOf: [{ type: 'string' }], 'x-assay-one-of': true }] },
  },
  { title: 'names repeated in required', schema: { required: ['a', 'b', 'a'] }, becomes: { required: ['a', 'b'] } },
  { title: 'type: []', schema: { type: [] }, becomes: {} },
  { title: 'a type that does not exist', schema: { type: 'strng', minLength: 1 }, becomes: { minLength: 1 } },
  { title: 'a pattern that is none', schema: { pattern: '[' }, becomes: {} },
  {
    title: 'a list of items (draft 7)',
    openapi: '3.1',
    schema: { items: [{ type: 'string' }], additionalItems: false },
    becomes: { prefixItems: [{ type: 'string' }], items: false },
  },
  {
    title: '$recursiveRef',
    openapi: '3.1',
    schema: { $recursiveAnchor: true, items: { $recursiveRef: '#' } },
    becomes: { items: { $ref: '#/components/schemas/It' } },
  },
  {
    title: '$dynamicRef',
    openapi: '3.1',
    schema: { $dynamicAnchor: 'node', items: { $dynamicRef: '#node' } },
    becomes: { items: { $ref: '#/components/schemas/It' } },
  },
  {
    title: '$anchor',
    openapi: '3.1',
    schema: { $anchor: 'node', items: { $ref: '#node' } },
    becomes: { items: { $ref: '#/components/schemas/It' } },
  },
  {
    title: '$id',
    openapi: '3.1',
    schema: { $id: 'https://example.com/it', items: { $ref: 'https://example.com/it' } },
    becomes: { items: { $ref: '#/components/schemas/It' } },
  },
  {
    title: 'rules of the prose',
    schema: {
      type: 'object',
      'x-assay-open': true,
      'x-assay-rules': [{ id: 'a-needs-b', level: 'SHOULD', source: 'observed', schema: { dependentRequired: { a: ['b'] } } }],
    },
    becomes: {
      type: 'object',
      'x-assay-open': true,
      allOf: [{ dependentRequired: { a: ['b'] }, 'x-assay-rule': 'a-needs-b', 'x-assay-level': 'SHOULD', 'x-assay-source': 'observed' }],
    },
  },
  {
    title: 'a property that is named like a keyword',
    schema: {
      properties: {
        nullable: { type: 'boolean' },
        $ref: { type: 'string' },
        oneOf: { type: 'string', nullable: true },
        id: { type: 'string' },
      },
    },
    becomes: {
      properties: { nullable: { type: 'boolean' }, $ref: { type: 'string' }, oneOf: { type: ['string', 'null'] }, id: { type: 'string' } },
    },
  },
  {
    title: 'values that look like schemas',
    schema: { enum: [{ nullable: true, oneOf: [] }], default: { nullable: true } },
    becomes: { enum: [{ nullable: true, oneOf: [] }], default: { nullable: true } },
  },
];

describe('a Schema Object becomes JSON Schema 2020-12', () => {
  test.each(rows)('$title', ({ schema, becomes, openapi = '3.0' }) => {
    const document = convert(schema, openapi);
    expect(valueAt(document, '/components/schemas/It')).toEqual(becomes);
    // The validator can work with it.
    expect(() => createJudge(document).accepts('/components/schemas/It', {})).not.toThrow();
  });

  test('keeps members of any name, without touching a prototype', () => {
    const schema = JSON.parse(
      '{"type":"object","properties":{"__proto__":{"type":"string","nullable":true},"constructor":{"type":"integer"}}}',
    ) as Json;
    const document = convert(schema, '3.0');
    expect(JSON.stringify(valueAt(document, '/components/schemas/It/properties'))).toBe(
      '{"__proto__":{"type":["string","null"]},"constructor":{"type":"integer"}}',
    );
    expect(Object.hasOwn(Object.prototype, 'type')).toBe(false);
  });

  test.each([
    ['oneOf/0', { oneOf: [{ type: 'string' }] }, 'anyOf/0'],
    ['oneOf/0', { anyOf: [{}], oneOf: [{ type: 'string' }] }, 'allOf/0/anyOf/0'],
    ['properties/a', { nullable: true, allOf: [reference], properties: { a: { type: 'string' } } }, 'anyOf/0/properties/a'],
    ['anyOf/0', { nullable: true, type: 'string', anyOf: [{ type: 'string' }] }, 'anyOf/0/anyOf/0'],
    ['items/0', { items: [{ type: 'string' }] }, 'prefixItems/0'],
    ['properties/oneOf', { properties: { oneOf: { type: 'string' } } }, 'properties/oneOf'],
  ])('a reference to %s of %j goes where that is now', (place, schema, now) => {
    const document = toJsonSchema(
      { openapi: '3.1.0', components: { schemas: { It: schema as Json, User: { $ref: `#/components/schemas/It/${place}` } } } },
      '3.1',
    );
    expect(valueAt(document, '/components/schemas/User')).toEqual({ $ref: `#/components/schemas/It/${now}` });
    expect(valueAt(document, `/components/schemas/It/${now}`)).toEqual({ type: 'string' });
  });

  test('requires a readOnly member in responses only, and a writeOnly one in requests only', () => {
    const it = {
      required: ['id', 'secret', 'name'],
      properties: { id: { type: 'string', readOnly: true }, secret: { type: 'string', writeOnly: true }, name: { type: 'string' } },
    };
    const content = { 'application/json': { schema: { type: 'array', items: { $ref: '#/components/schemas/It' } } } };
    const operation = { requestBody: { content }, responses: { '200': { description: 'OK', content } } };
    const document = toJsonSchema({ openapi: '3.0.3', paths: { '/a': { post: operation } }, components: { schemas: { It: it } } }, '3.0');
    const judge = createJudge(document);
    const sent = '/paths/~1a/post/requestBody/content/application~1json/schema';
    const answered = '/paths/~1a/post/responses/200/content/application~1json/schema';
    const verdicts = [
      { secret: 's', name: 'n' },
      { id: 'i', name: 'n' },
      { id: 'i', secret: 's' },
    ].map((value) => [judge.accepts(sent, [value]), judge.accepts(answered, [value])]);
    expect(verdicts).toEqual([
      [true, false],
      [false, true],
      [false, false],
    ]);
    expect(judge.explain(answered, [{ name: 'n' }]).map(({ schemaPath }) => schemaPath)).toEqual(['/components/schemas/It/required']);
  });

  test('shares no object, so that an error names one place', () => {
    const shared = { type: 'string' };
    const document = convert({ properties: { a: shared, b: shared } }, '3.0');
    expect(valueAt(document, '/components/schemas/It/properties/a')).not.toBe(valueAt(document, '/components/schemas/It/properties/b'));
  });
});
