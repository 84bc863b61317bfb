import { describe, expect, test } from 'vitest';
import type { Json, JsonObject } from '../model/index.ts';
import { createJudge } from '../schema/index.ts';
import { buildContract, parseOverlay } from './index.ts';

function get(schema: Json, more: JsonObject = {}): JsonObject {
  return { responses: { '200': { description: 'OK', content: { 'application/json': { schema } } } }, ...more };
}

async function build(paths: JsonObject, schemas: JsonObject = {}, openapi = '3.0.3') {
  return buildContract({ openapi, info: { title: 't', version: '1' }, paths, components: { schemas } });
}

const good = { '/good': { get: get({ type: 'string' }, { operationId: 'good' }) } };

describe('a faulty operation is left out by name, and the rest goes on', () => {
  test.each([
    [
      'undeclared-path-parameter',
      { '/a/{id}': { get: get({}, { operationId: 'bad' }) } },
      {},
      '/a/{id} has {id}, which no parameter declares',
    ],
    [
      'dangling-ref',
      { '/a': { get: { operationId: 'bad', parameters: [{ $ref: '#/components/parameters/Gone' }], responses: {} } } },
      {},
      'refers to nothing',
    ],
    [
      'faulty-parameter',
      { '/a': { get: get({}, { operationId: 'bad', parameters: [{ name: 'x', schema: {} }] }) } },
      {},
      'A parameter needs a `name`',
    ],
    [
      'faulty-operation',
      { '/a': { get: get({ $ref: '#/components/schemas/Gone' }, { operationId: 'bad' }) } },
      {},
      '#/components/schemas/Gone refers to nothing',
    ],
    [
      'faulty-operation',
      { '/a': { get: get({ $ref: '#/components/schemas/A' }, { operationId: 'bad' }) } },
      { A: { items: { $ref: '#/components/schemas/B' } }, B: { type: 'strng' } },
      '`type` must be one of',
    ],
    [
      'faulty-operation',
      { '/a': { get: get({ $ref: '#/components/schemas/A' }, { operationId: 'bad' }) } },
      { A: { type: 'string', pattern: '(' } },
      '`pattern` must be a regular expression',
    ],
    [
      'faulty-operation',
      { '/a': { get: get({ $ref: '#/components/schemas/A' }, { operationId: 'bad' }) } },
      { A: { allOf: [{ $ref: '#/components/schemas/A' }] } },
      'refers to itself without end',
    ],
    [
      'faulty-operation',
      { '/a': { get: get({ $ref: 'https://example.com/x.json' }, { operationId: 'bad' }) } },
      {},
      'https://example.com/x.json is not in the document',
    ],
  ])('%s: %j', async (rule, paths, schemas, message) => {
    const contract = await build({ ...(paths as JsonObject), ...good }, schemas as JsonObject);
    expect(contract.operations.map(({ id }) => id)).toEqual(['good']);
    const skipped = contract.lint.filter(({ skips }) => skips === 'bad');
    expect(skipped.map((entry) => entry.rule)).toContain(rule);
    expect(skipped.map((entry) => entry.message).join('\n')).toContain(message);
    expect(createJudge(contract.document).accepts('/paths/~1good/get/responses/200/content/application~1json/schema', 'x')).toBe(true);
  });

  test('a path or an operation that is no object', async () => {
    const contract = await build({ '/a': 5, '/b': { get: 'x' }, ...good });
    expect(contract.operations.map(({ id }) => id)).toEqual(['good']);
    expect(contract.lint.flatMap(({ rule, skips }) => (skips === undefined ? [] : [[rule, skips]]))).toEqual([
      ['faulty-path', '/a'],
      ['faulty-operation', 'GET /b'],
    ]);
  });

  test('a fault that no operation reaches is named and takes nothing with it', async () => {
    const contract = await build(good, { A: { type: 'strng' } });
    expect(contract.operations).toHaveLength(1);
    expect(contract.lint.filter(({ rule }) => rule === 'malformed-keyword')).toEqual([
      {
        rule: 'malformed-keyword',
        pointer: '/components/schemas/A/type',
        message: '`type` must be one of null, boolean, object, array, number, string, integer, or a list of them, not "strng"',
        skips: '/components/schemas/A',
      },
    ]);
  });

  test('a schema that holds itself as a part is no fault', async () => {
    const contract = await build(
      { '/a': { get: get({ $ref: '#/components/schemas/A' }) } },
      { A: { type: 'object', properties: { next: { $ref: '#/components/schemas/A' } } } },
    );
    expect(contract.lint).toEqual([]);
    expect(contract.operations).toHaveLength(1);
  });
});

describe('a doubt is named and stops nothing', () => {
  test('operationId used twice', async () => {
    const contract = await build({ '/a': { get: get({}, { operationId: 'one' }) }, '/b': { get: get({}, { operationId: 'one' }) } });
    expect(contract.operations.map(({ id }) => id)).toEqual(['one', 'GET /b']);
    expect(contract.lint).toEqual([
      {
        rule: 'duplicate-operation-id',
        pointer: '/paths/~1b/get/operationId',
        message: 'The operationId one is taken by an earlier operation; this one is called GET /b',
      },
    ]);
  });

  test('a path parameter that the path has not', async () => {
    const contract = await build({ '/a': { get: get({}, { parameters: [{ name: 'id', in: 'path', required: true, schema: {} }] }) } });
    expect(contract.operations[0]?.parameters).toEqual([]);
    expect(contract.lint.map(({ rule }) => rule)).toEqual(['parameter-not-in-template']);
  });

  test('a header that OpenAPI has ignored, a style that does not exist there, a parameter without schema', async () => {
    const parameters = [
      { name: 'Accept', in: 'header', schema: {} },
      { name: 'deep', in: 'header', style: 'deepObject', schema: {} },
      { name: 'bare', in: 'query' },
    ];
    const { operations, lint } = await build({ '/a': { get: get({}, { parameters }) } });
    expect(operations[0]?.parameters.map(({ name, style }) => [name, style])).toEqual([
      ['deep', 'simple'],
      ['bare', 'form'],
    ]);
    expect(lint.map(({ rule }) => rule).filter((rule) => rule !== 'invalid-structure')).toEqual([
      'ignored-header-parameter',
      'unknown-style',
      'parameter-without-schema',
    ]);
  });

  test.each<[string, JsonObject, string, string]>([
    ['duplicate-required', { required: ['a', 'a'] }, '/required', 'Named twice: a'],
    ['required-but-undefined', { required: ['a', 'b'], properties: { a: {} } }, '/required', 'Required, but not among the properties: "b"'],
    ['default-breaks-schema', { type: 'string', default: [] }, '/default', 'The default [] breaks its own schema: expected string'],
    ['keyword-without-effect', { type: 'string', maxItems: 3 }, '/maxItems', '`maxItems` says nothing of a "string"'],
    ['unsatisfiable-schema', { type: 'integer', minimum: 5, maximum: 4 }, '/minimum', 'No value fits: minimum 5 is above maximum 4'],
    ['unsatisfiable-schema', { type: 'integer', enum: ['a'] }, '/enum', 'No value fits: no member of the enum is of type "integer"'],
    [
      'unsatisfiable-branch',
      { type: 'object', oneOf: [{ type: 'string' }, { required: ['a'] }] },
      '/anyOf/0',
      'No value fits: type "string" beside type "object"',
    ],
    [
      'overlapping-one-of',
      { oneOf: [{ type: 'integer' }, { type: 'number' }] },
      '/anyOf',
      '1 fits branch 0 and branch 1 of a oneOf; it is read as anyOf',
    ],
    [
      'overlapping-one-of',
      { oneOf: [{ type: 'string' }, { type: 'string', enum: ['auto'] }] },
      '/anyOf',
      '"auto" fits branch 1 and branch 0 of a oneOf; it is read as anyOf',
    ],
  ])('%s', async (rule, schema, pointer, message) => {
    const { lint, operations } = await build(good, { It: schema });
    expect(operations).toHaveLength(1);
    expect(lint.filter((entry) => entry.rule !== 'invalid-structure')).toEqual([
      { rule, pointer: `/components/schemas/It${pointer}`, message },
    ]);
  });

  test.each<[string, JsonObject]>([
    [
      'branches told apart by a tag',
      {
        oneOf: [
          { required: ['k'], properties: { k: { enum: ['a'] } } },
          { required: ['k'], properties: { k: { enum: ['b'] } } },
        ],
      },
    ],
    ['branches of different types', { oneOf: [{ type: 'string' }, { type: 'array', items: { type: 'string' } }] }],
    ['members that a neighbour in allOf defines', { allOf: [{ properties: { a: {} } }, { properties: {}, required: ['a'] }] }],
    ['a default that is null where null is allowed', { type: 'string', nullable: true, default: null }],
  ])('no doubt about %s', async (_, schema) => {
    expect((await build(good, { It: schema })).lint).toEqual([]);
  });

  test.each([
    ['a path', { target: "$.paths['/good'].get", update: { unknown: 1 } }, '/paths/~1good/get', '(unknown)'],
    ['a component', { target: '$.components.schemas.A', update: { unknown: 1 } }, '/components/schemas/A', '(unknown)'],
    ['the document itself', { target: '$', update: { unknown: 1 } }, '', '(unknown)'],
  ])('the structure after the overlays, told apart from that before: %s', async (_, action, pointer, what) => {
    const document = {
      openapi: '3.0.3',
      info: { title: 't', version: '1' },
      paths: { ...good, '/a': { get: get({}, { wrong: 1 }) } },
      components: { schemas: { A: {} } },
    };
    const overlay = parseOverlay(JSON.stringify({ overlay: '1.0.0', actions: [action] }), 'o.json');
    const { lint } = await buildContract(document, { overlays: [overlay] });
    expect(
      lint.map((entry) => [entry.pointer, entry.message.split(':')[0], entry.message.includes('(wrong)') || entry.message.includes(what)]),
    ).toEqual([
      ['/paths/~1a/get', 'as published', true],
      [pointer, 'after the overlays', true],
    ]);
  });

  test('the structure that OpenAPI asks for, every fault once', async () => {
    const { lint, operations } = await build({ '/a': { get: { operationId: 'a', unknown: 1, responses: { '200': { content: {} } } } } });
    expect(operations).toHaveLength(1);
    expect(lint).toEqual([
      {
        rule: 'invalid-structure',
        pointer: '/paths/~1a/get',
        message: 'as published: /paths/~1a/get must NOT have additional properties (unknown)',
      },
      {
        rule: 'invalid-structure',
        pointer: '/paths/~1a/get/responses/200',
        message: "as published: /paths/~1a/get/responses/200 must have required property 'description'",
      },
    ]);
  });
});
