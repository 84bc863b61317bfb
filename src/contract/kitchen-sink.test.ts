import path from 'node:path';
import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../model/index.ts';
import { createJudge, isObject, listMember, member } from '../schema/index.ts';
import { buildContract } from './build.ts';
import { loadDocument } from './load.ts';
import { objectShapes } from './structure.ts';
import { objectsOf } from './walk.ts';

const fixtures = path.join(import.meta.dirname, '../../test/fixtures');
const files = ['kitchen-sink-3.0.json', 'kitchen-sink-3.1.yaml', 'kitchen-sink-files/openapi.yaml'] as const;

/** What the table of OpenAPI's objects knows that 3.0 has not. */
const only31 = {
  document: 'jsonSchemaDialect webhooks',
  components: 'pathItems',
  pathItem: '$ref',
  schema:
    '$id $schema $anchor $dynamicRef $dynamicAnchor $recursiveRef $recursiveAnchor const dependentRequired maxContains minContains contentEncoding ' +
    'contentMediaType contains propertyNames unevaluatedItems unevaluatedProperties if then else contentSchema prefixItems patternProperties dependentSchemas ' +
    '$defs examples $comment',
} as const;
/** Of older or other dialects; tested with the conversion. */
const neither = new Set(['additionalItems', 'definitions', '$vocabulary']);
/** Which references stand where is the business of the two files together. */
const inEither = new Set(['link.$ref', 'callback.$ref', 'securityScheme.$ref', 'link.operationRef', 'link.requestBody', 'header.content']);

const operationIds = (
  'listBooks createBook optionsBooks headBooks traceBooks getBook replaceBook deleteBook changeBook ' +
  'pathStyles queryStyles headerAndCookieStyles searchExactly sendForm upload sendRaw sendEverything'
).split(' ');

const encodings = [
  'application/json',
  'application/problem+json',
  'application/merge-patch+json; charset=utf-8',
  'application/x-www-form-urlencoded',
  'multipart/form-data',
  'multipart/mixed',
  'application/octet-stream',
  'text/plain',
  'image/*',
  'image/png',
  'text/event-stream',
];

async function load(file: string): Promise<JsonObject> {
  return (await loadDocument(path.join(fixtures, file))).document;
}

function fieldsIn(document: JsonObject): ReadonlySet<string> {
  return new Set(objectsOf(document).flatMap(({ kind, value }) => Object.keys(value).map((field) => `${kind}.${field}`)));
}

function fieldsOf(version: '3.0' | '3.1'): readonly string[] {
  return Object.entries(objectShapes).flatMap(([kind, { members }]) => {
    const later = new Set((only31[kind as keyof typeof only31] ?? '').split(' '));
    const wanted = [...members.keys()].filter((field) => !neither.has(field) && later.has(field) === (version === '3.1'));
    return wanted.map((field) => `${kind}.${field}`).filter((field) => !inEither.has(field));
  });
}

describe('the kitchen-sink documents', () => {
  test('the one of 3.0 has every field of every object of OpenAPI 3.0', async () => {
    const found = fieldsIn(await load('kitchen-sink-3.0.json'));
    expect(fieldsOf('3.0').length).toBeGreaterThan(120);
    expect(fieldsOf('3.0').filter((field) => !found.has(field))).toEqual([]);
  });

  test('the one of 3.1 has every field and keyword that came with 3.1', async () => {
    const found = fieldsIn(await load('kitchen-sink-3.1.yaml'));
    expect(fieldsOf('3.1').length).toBeGreaterThan(25);
    expect(fieldsOf('3.1').filter((field) => !found.has(field))).toEqual([]);
  });

  test('have a parameter of every style, place and shape', async () => {
    const contracts = await Promise.all(files.slice(0, 2).map(async (file) => buildContract(await load(file))));
    const found = new Set(
      contracts.flatMap(({ document, operations }) =>
        operations.flatMap(({ parameters }) =>
          parameters.map((parameter) => {
            const schema = objectsOf(document).find(({ pointer }) => pointer === parameter.schema)?.value;
            const target = member(schema, '$ref') === undefined ? schema : { type: 'object' };
            const type = [member(target, 'type')].flat()[0];
            const shape = type === 'array' || type === 'object' ? type : 'primitive';
            return `${parameter.in} ${parameter.mediaType ?? parameter.style}${parameter.explode ? '*' : ''} ${shape}`;
          }),
        ),
      ),
    );
    expect([...found].toSorted()).toEqual([
      'cookie form array',
      'cookie form* primitive',
      'header simple array',
      'header simple primitive',
      'header simple* object',
      'path label primitive',
      'path label* array',
      'path matrix object',
      'path matrix primitive',
      'path matrix* array',
      'path simple array',
      'path simple primitive',
      'path simple* object',
      'query application/json* object',
      'query deepObject object',
      'query deepObject* object',
      'query form array',
      'query form* array',
      'query form* object',
      'query form* primitive',
      'query pipeDelimited array',
      'query spaceDelimited array',
    ]);
  });

  test('have a body of every encoding', async () => {
    const documents = await Promise.all(files.slice(0, 2).map(load));
    const found = new Set(
      documents.flatMap((document) => objectsOf(document).flatMap(({ value }) => Object.keys(member(value, 'content') ?? {}))),
    );
    for (const mediaType of encodings) {
      expect([...found]).toContain(mediaType);
    }
  });

  test.each(files)('%s is valid, without a doubt, and every schema of it compiles', async (file) => {
    const contract = await buildContract(await load(file));
    expect(contract.lint).toEqual([]);
    const judge = createJudge(contract.document);
    const schemas = objectsOf(contract.document).filter(({ kind, pointer }) => kind === 'schema' && !pointer.includes('/callbacks/'));
    expect(schemas.length).toBeGreaterThan(10);
    for (const { pointer } of schemas) expect(typeof judge.accepts(pointer, {})).toBe('boolean');
  });

  test('the operations of 3.0 come out resolved', async () => {
    const { operations, securitySchemes, servers } = await buildContract(await load('kitchen-sink-3.0.json'));
    expect(operations.map(({ id }) => id)).toEqual(operationIds);
    expect(servers).toEqual(['https://api.example.com/v1', '/v1']);
    expect(securitySchemes.get('oauth')).toEqual({ type: 'oauth2' });
    const list = operations.find(({ id }) => id === 'listBooks');
    // The operation's own X-Trace replaces the one of the path.
    expect(list?.parameters.map(({ name, pointer }) => [name, pointer])).toEqual([
      ['X-Trace', '/paths/~1books/get/parameters/3'],
      ['limit', '/paths/~1books/get/parameters/0'],
      ['after', '/paths/~1books/get/parameters/1'],
      ['order', '/paths/~1books/get/parameters/2'],
    ]);
    expect(list?.servers).toEqual(['/v2']);
    expect(list?.responses.map(({ status, pointer }) => [status, pointer])).toEqual([
      ['200', '/paths/~1books/get/responses/200'],
      ['4XX', '/components/responses/Problem'],
      ['default', '/components/responses/Problem'],
    ]);
    expect(list?.responses[0]?.headers).toEqual([
      { name: 'X-Rate-Limit', required: false, schema: '/components/headers/RateLimit/schema', style: 'simple', explode: false },
      { name: 'X-Page', required: true, schema: '/paths/~1books/get/responses/200/headers/X-Page/schema', style: 'simple', explode: false },
      {
        name: 'X-Meta',
        required: false,
        schema: '/paths/~1books/get/responses/200/headers/X-Meta/content/application~1json/schema',
        style: 'simple',
        explode: false,
        mediaType: 'application/json',
      },
    ]);
    const create = operations.find(({ id }) => id === 'createBook');
    expect(create?.security).toEqual([
      new Map([['bearer', []]]),
      new Map([
        ['header_key', []],
        ['query_key', []],
      ]),
      new Map([['oauth', ['books:write']]]),
    ]);
    const search = operations.find(({ id }) => id === 'searchExactly');
    expect([search?.path, search?.fixedQuery]).toEqual(['/search', [['exact', 'true']]]);
    const upload = operations.find(({ id }) => id === 'upload')?.requestBody?.content[0];
    expect(upload?.encoding.get('file')).toEqual({
      contentType: 'image/png, application/pdf',
      headers: [
        {
          name: 'X-Part',
          required: false,
          schema: '/paths/~1upload/post/requestBody/content/multipart~1form-data/encoding/file/headers/X-Part/schema',
          style: 'simple',
          explode: false,
        },
      ],
    });
  });

  test('a document of several files becomes one with local references only', async () => {
    const document = await load('kitchen-sink-files/openapi.yaml');
    const references = objectsOf(document)
      .flatMap(({ value }) => (isObject(value) ? [member(value, '$ref')] : []))
      .filter((reference) => reference !== undefined);
    expect(references.length).toBeGreaterThan(2);
    expect(references.filter((reference) => !String(reference).startsWith('#/'))).toEqual([]);
    const { operations, document: converted } = await buildContract(document);
    const create = operations.find(({ id }) => id === 'createCup');
    const judge = createJudge(converted);
    const schema = create?.requestBody?.content[0]?.schema ?? '';
    expect(judge.accepts(schema, { colour: 'white', volume: 0.1 })).toBe(true);
    expect(judge.explain(schema, { volume: 0 }).map(({ keyword, instancePath }) => [keyword, instancePath])).toEqual([
      ['required', ''],
      ['exclusiveMinimum', '/volume'],
    ]);
    expect(listMember(document, 'servers')).toEqual([]);
  });
});
