import path from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Json, JsonObject } from '../model/index.ts';
import { isObject, member, objectMember } from '../schema/index.ts';
import { buildContract } from './build.ts';
import { distil } from './distil.ts';
import { loadDocument } from './load.ts';
import { readDocumentFile } from './read.ts';
import { objectShapes } from './structure.ts';
import { objectsOf } from './walk.ts';

const fixtures = path.join(import.meta.dirname, '../../test/fixtures');
const spec = path.join(import.meta.dirname, '../../spec');
const phrases = new Set(['OK', 'Created', 'No Content', 'Bad Request', 'Not Found', 'Payload Too Large', 'Response']);

/** Whatever of prose is left: fields of that kind, extensions, and descriptions that are no reason phrase. */
function proseIn(document: JsonObject): string[] {
  return objectsOf(document).flatMap(({ value, kind, pointer }) =>
    Object.entries(value).flatMap(([field, content]) => {
      if (kind === 'response' && field === 'description') return phrases.has(String(content)) ? [] : [`${pointer}: ${String(content)}`];
      const known =
        objectShapes[kind].names !== undefined ||
        (kind === 'info' ? ['title', 'version'].includes(field) : objectShapes[kind].members.has(field));
      return known && objectShapes[kind].members.get(field) !== 'prose' ? [] : [`${pointer}/${field}`];
    }),
  );
}

describe('distilling', () => {
  test.each(['kitchen-sink-3.0.json', 'kitchen-sink-3.1.yaml'])('%s leaves no prose, and the same contract', async (file) => {
    const document = await readDocumentFile(path.join(fixtures, file));
    expect(proseIn(document).length).toBeGreaterThan(5);
    const distilled = distil(document);
    expect(proseIn(distilled)).toEqual([]);
    const [before, after] = [await buildContract(document), await buildContract(distilled)];
    expect(after.lint).toEqual([]);
    expect(after.operations).toEqual(before.operations);
    expect(after.securitySchemes).toEqual(before.securitySchemes);
  });

  test('keeps every field that is a fact, in order', async () => {
    const document = await readDocumentFile(path.join(fixtures, 'kitchen-sink-3.0.json'));
    const facts = ({ value, kind }: { value: JsonObject; kind: keyof typeof objectShapes }): string[] => {
      const fields = Object.keys(value).filter((field) => (objectShapes[kind].members.get(field) ?? 'prose') !== 'prose');
      return [`${kind} ${fields.join(' ')}`];
    };
    expect(objectsOf(distil(document)).flatMap(facts)).toEqual(objectsOf(document).flatMap(facts));
  });

  test('keeps properties and components that are named like prose', async () => {
    const document = await readDocumentFile(path.join(fixtures, 'kitchen-sink-3.0.json'));
    const everything = member(objectMember(member(distil(document), 'components'), 'schemas'), 'Everything');
    const properties = objectMember(everything, 'properties');
    expect(['description', 'example', 'title', 'x-vendor'].map((name) => member(properties, name))).toEqual([
      { type: 'string', xml: { name: 'd', namespace: 'https://example.com/ns', prefix: 'p', attribute: true, wrapped: false } },
      { type: 'string' },
      { type: 'string' },
      { type: 'string' },
    ]);
    expect(Object.keys(isObject(everything) ? everything : {})).toEqual(['type', 'required', 'properties']);
  });

  test('keeps strings that are values, and names a response by its status', () => {
    const response = {
      description: 'A long story',
      content: { 'application/json': { schema: { type: 'string', default: 'a long story', 'x-note': 'n', enum: ['description'] } } },
    };
    const document: JsonObject = {
      openapi: '3.0.0',
      info: { title: 'T', version: '1', description: 'Long' },
      paths: {
        '/a': { get: { responses: { '200': response, '4XX': response, default: { $ref: '#/components/responses/A' } }, 'x-note': 1 } },
        'x-paths': {},
      },
      components: { responses: { A: response } },
    };
    const content = { 'application/json': { schema: { type: 'string', default: 'a long story', enum: ['description'] } } };
    expect(distil(document)).toEqual({
      openapi: '3.0.0',
      info: { title: 'T', version: '1' },
      paths: {
        '/a': {
          get: {
            responses: {
              '200': { description: 'OK', content },
              '4XX': { description: 'Response', content },
              default: { $ref: '#/components/responses/A' },
            },
          },
        },
      },
      components: { responses: { A: { description: 'Response', content } } },
    });
  });

  test('takes hostile names as names', () => {
    const text =
      '{"openapi":"3.0.0","info":{"title":"t","version":"1"},"paths":{},"components":{"schemas":' +
      '{"__proto__":{"type":"string"},"constructor":{"properties":{"__proto__":{"type":"integer","description":"no"}}}}}}';
    const distilled = distil(JSON.parse(text) as JsonObject);
    expect(JSON.stringify(distilled)).toBe(text.replace(',"description":"no"', ''));
    expect(Object.hasOwn(Object.prototype, 'type')).toBe(false);
  });
});

describe('the documents that ship', () => {
  const operationsOf = (document: JsonObject): number => objectsOf(document).filter(({ kind }) => kind === 'operation').length;

  test.each([
    ['openai/2025-01.json', 110, 288],
    ['openai/2025-03.json', 126, 436],
  ])('%s holds facts only: %i operations, %i schemas', async (file, operations, schemas) => {
    const { document } = await loadDocument(path.join(spec, file));
    expect(proseIn(document)).toEqual([]);
    expect(operationsOf(document)).toBe(operations);
    expect(Object.keys(objectMember(member(document, 'components'), 'schemas') ?? {})).toHaveLength(schemas);
    // A second distillation finds nothing to take.
    expect(distil(document) as Json).toEqual(document);
  });
});
