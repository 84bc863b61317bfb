import type { Json, JsonObject } from '../src/model/index.ts';

/** A 3.1 document of so many operations, with bodies of nested objects, unions and shared components: a large API's shape. */
export function syntheticDocument(operations: number): JsonObject {
  const schemas: Record<string, Json> = {};
  const paths: Record<string, Json> = {};
  for (let index = 0; index < operations; index++) {
    const name = `Thing${index}`;
    schemas[name] = thing(index);
    const ref = { $ref: `#/components/schemas/${name}` };
    const answer = { '200': { description: 'OK', content: { 'application/json': { schema: ref } } } };
    if (index % 3 === 0) {
      paths[`/things${index}/{id}`] = {
        get: {
          operationId: `get${name}`,
          tags: [`tag${index % 12}`],
          parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }],
          responses: answer,
        },
      };
    } else {
      paths[`/things${index}`] = {
        post: {
          operationId: `make${name}`,
          tags: [`tag${index % 12}`],
          requestBody: { required: true, content: { 'application/json': { schema: ref } } },
          responses: answer,
        },
      };
    }
  }
  return { openapi: '3.1.0', info: { title: 'Synthetic', version: '1' }, paths, components: { schemas } };
}

function thing(index: number): Json {
  const other = { $ref: `#/components/schemas/Thing${Math.floor(index / 2)}` };
  return {
    type: 'object',
    required: ['id', 'kind'],
    properties: {
      id: { type: 'string', minLength: 1, maxLength: 40 },
      kind: { enum: ['one', 'two', 'three'] },
      count: { type: 'integer', minimum: 0, maximum: 1000 },
      ratio: { type: ['number', 'null'] },
      tags: { type: 'array', items: { type: 'string', pattern: '^[a-z]+$' }, maxItems: 8, uniqueItems: true },
      choice: {
        oneOf: [
          { type: 'object', required: ['type', 'text'], properties: { type: { const: 'text' }, text: { type: 'string' } } },
          { type: 'object', required: ['type', 'size'], properties: { type: { const: 'size' }, size: { type: 'integer', minimum: 1 } } },
        ],
      },
      ...(index > 0 && { part: other }),
    },
  };
}
