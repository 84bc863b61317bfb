import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Json, JsonObject, MediaType, NameValue, Operation, Parameter, PlannedRequest } from '../model/index.ts';
import { createJudge } from '../schema/index.ts';
import { pathOf, serialiseParameter } from './parameters.ts';
import { planBody } from './plan-body.ts';
import { readBack, refusalsOf } from './read-back.ts';
import type { Reader } from './read-value.ts';
import { serialiseRequest } from './request.ts';

const schemas = {
  string: { type: 'string' },
  integer: { type: 'integer', minimum: 1 },
  boolean: { type: 'boolean' },
  strings: { type: 'array', items: { type: 'string' } },
  integers: { type: 'array', items: { type: 'integer' }, minItems: 1 },
  object: { type: 'object', properties: { role: { type: 'string' }, age: { type: 'integer' } }, additionalProperties: false },
  either: { anyOf: [{ type: 'integer' }, { $ref: '#/components/schemas/strings' }] },
  nested: {
    type: 'object',
    properties: {
      name: { type: 'string' },
      size: { type: 'integer' },
      tags: { type: 'array', items: { type: 'string' } },
      filter: { type: 'object', properties: { gt: { type: 'integer' } } },
      file: { type: 'string', format: 'binary' },
    },
    required: ['name'],
    additionalProperties: false,
  },
} as const;
const document: JsonObject = { components: { schemas } };
const judge = createJudge(document);
type SchemaName = keyof typeof schemas;

function parameterOf(
  place: Parameter['in'],
  style: Parameter['style'],
  explode: boolean,
  schema: SchemaName,
  more: Partial<Parameter> = {},
): Parameter {
  return {
    name: 'color',
    in: place,
    required: true,
    style,
    explode,
    allowReserved: false,
    allowEmptyValue: false,
    schema: `/components/schemas/${schema}`,
    pointer: '',
    ...more,
  };
}

function operationOf(parameters: readonly Parameter[], content: readonly MediaType[] = []): Operation {
  return {
    id: 'o',
    method: 'POST',
    path: parameters.some((parameter) => parameter.in === 'path') ? '/a/{color}/b' : '/a',
    fixedQuery: [],
    tags: [],
    deprecated: false,
    parameters,
    ...(content.length === 0 ? {} : { requestBody: { required: true, content, pointer: '' } }),
    responses: [],
    security: [],
    pointer: '',
  };
}

function planned(operation: Operation, pairs: readonly NameValue[], more: Partial<PlannedRequest> = {}): PlannedRequest {
  const [parameter] = operation.parameters;
  const pathParameters = parameter?.in === 'path' ? Object.fromEntries(pairs) : {};
  return {
    method: 'POST',
    pathParameters,
    path: pathOf(operation, pathParameters),
    query: parameter?.in === 'query' ? pairs : [],
    headers: parameter?.in === 'header' ? pairs : [],
    ...(parameter?.in === 'cookie' ? { cookies: pairs } : {}),
    ...more,
  };
}

const string = 'blue';
const array = ['blue', 'black', 'brown'];
const object = { R: 100, G: 200 };

describe('serialises by the tables of OpenAPI', () => {
  test.each<[Parameter['style'], boolean, Json, string]>([
    ['matrix', false, '', ';color'],
    ['matrix', false, string, ';color=blue'],
    ['matrix', false, array, ';color=blue,black,brown'],
    ['matrix', false, object, ';color=R,100,G,200'],
    ['matrix', true, array, ';color=blue;color=black;color=brown'],
    ['matrix', true, object, ';R=100;G=200'],
    ['label', false, string, '.blue'],
    ['label', false, array, '.blue,black,brown'],
    ['label', false, object, '.R,100,G,200'],
    ['label', true, array, '.blue.black.brown'],
    ['label', true, object, '.R=100.G=200'],
    ['simple', false, string, 'blue'],
    ['simple', false, array, 'blue,black,brown'],
    ['simple', false, object, 'R,100,G,200'],
    ['simple', true, array, 'blue,black,brown'],
    ['simple', true, object, 'R=100,G=200'],
    ['simple', false, 'a/b?c d%', 'a%2Fb%3Fc%20d%25'],
  ])('path %s explode=%s %j', (style, explode, value, expected) => {
    const operation = operationOf([parameterOf('path', style, explode, 'string')]);
    const pairs = serialiseParameter(operation.parameters[0] as Parameter, value);
    expect(serialiseRequest(operation, planned(operation, pairs)).pathAndQuery).toBe(`/a/${expected}/b`);
  });

  test.each<[Parameter['style'], boolean, Json, string]>([
    ['form', false, string, 'color=blue'],
    ['form', false, '', 'color='],
    ['form', false, array, 'color=blue,black,brown'],
    ['form', false, object, 'color=R,100,G,200'],
    ['form', true, array, 'color=blue&color=black&color=brown'],
    ['form', true, object, 'R=100&G=200'],
    ['spaceDelimited', false, array, 'color=blue%20black%20brown'],
    ['spaceDelimited', false, object, 'color=R%20100%20G%20200'],
    ['pipeDelimited', false, array, 'color=blue%7Cblack%7Cbrown'],
    ['pipeDelimited', false, object, 'color=R%7C100%7CG%7C200'],
    ['deepObject', true, object, 'color%5BR%5D=100&color%5BG%5D=200'],
    ['deepObject', true, { a: { b: [1, 2] } }, 'color%5Ba%5D%5Bb%5D=1&color%5Ba%5D%5Bb%5D=2'],
    ['form', true, [], ''],
    ['form', true, 'a&b=c+d#é', 'color=a%26b%3Dc%2Bd%23%C3%A9'],
  ])('query %s explode=%s %j', (style, explode, value, expected) => {
    const operation = operationOf([parameterOf('query', style, explode, 'string')]);
    const pairs = serialiseParameter(operation.parameters[0] as Parameter, value);
    expect(serialiseRequest(operation, planned(operation, pairs)).pathAndQuery).toBe(expected === '' ? '/a' : `/a?${expected}`);
  });

  test('allowReserved leaves what a query may hold', () => {
    const operation = operationOf([parameterOf('query', 'form', true, 'string', { allowReserved: true })]);
    expect(serialiseRequest(operation, planned(operation, [['color', ":/?#[]@!$&'()*+,;= é"]])).pathAndQuery).toBe(
      "/a?color=:/?%23%5B%5D@!$%26'()*%2B,;=%20%C3%A9",
    );
  });

  test('cookies and headers', () => {
    const cookie = operationOf([parameterOf('cookie', 'form', true, 'string')]);
    expect(serialiseRequest(cookie, planned(cookie, [['color', 'a;b c']])).headers).toEqual([['cookie', 'color=a%3Bb%20c']]);
    const header = operationOf([parameterOf('header', 'simple', true, 'object')]);
    const pairs = serialiseParameter(header.parameters[0] as Parameter, object);
    expect(serialiseRequest(header, planned(header, pairs)).headers).toEqual([['color', 'R=100,G=200']]);
  });
});

const stylesByPlace = {
  path: ['simple', 'label', 'matrix'],
  query: ['form', 'spaceDelimited', 'pipeDelimited', 'deepObject'],
  header: ['simple'],
  cookie: ['form'],
} as const;
const word = fc.stringMatching(/^[a-z][a-z0-9é]{0,8}$/);
const valuesByName: Readonly<Record<Exclude<SchemaName, 'nested' | 'either'>, fc.Arbitrary<Json>>> = {
  string: word,
  integer: fc.integer({ min: 1 }),
  boolean: fc.boolean(),
  strings: fc.array(word, { minLength: 1, maxLength: 4 }),
  integers: fc.array(fc.integer(), { minLength: 1, maxLength: 4 }),
  object: fc.record({ role: word, age: fc.integer() }, { requiredKeys: ['role'] }),
};

describe.each(['strict', 'lenient'] as const)('the %s reader', (reader: Reader) => {
  const options = { reader, document, judge };
  const table = Object.entries(stylesByPlace).flatMap(([place, styles]) =>
    styles.flatMap((style) =>
      [true, false].flatMap((explode) => Object.keys(valuesByName).map((name) => ({ place, style, explode, name }))),
    ),
  );

  test.each(table.filter(({ style, name }) => (style === 'deepObject' ? name === 'object' : true)))(
    'reads back $place $style explode=$explode $name',
    ({ place, style, explode, name }) => {
      // Delimited objects and arrays in a cookie that repeat its name have no form in RFC 6265 that all servers read; these are ours.
      const parameter = parameterOf(place as Parameter['in'], style, explode, name as SchemaName);
      const operation = operationOf([parameter]);
      fc.assert(
        fc.property(valuesByName[name as keyof typeof valuesByName], (value) => {
          const wire = serialiseRequest(operation, planned(operation, serialiseParameter(parameter, value)));
          const back = readBack(operation, wire, options);
          expect(back[parameter.in]['color']).toEqual(value);
          expect(refusalsOf(operation, wire, options)).toEqual([]);
        }),
        { numRuns: 30 },
      );
    },
  );

  test.each<[string, MediaType]>([
    ['a form', { mediaType: 'application/x-www-form-urlencoded', schema: '/components/schemas/nested', encoding: new Map(), pointer: '' }],
    [
      'a form with deep objects',
      {
        mediaType: 'application/x-www-form-urlencoded',
        schema: '/components/schemas/nested',
        encoding: new Map([
          ['filter', { headers: [], style: 'deepObject' as const, explode: true }],
          ['tags', { headers: [], style: 'pipeDelimited' as const, explode: false }],
        ]),
        pointer: '',
      },
    ],
    ['multipart', { mediaType: 'multipart/form-data', schema: '/components/schemas/nested', encoding: new Map(), pointer: '' }],
    ['JSON', { mediaType: 'application/json', schema: '/components/schemas/nested', encoding: new Map(), pointer: '' }],
  ])('reads back %s', (_, media) => {
    const operation = operationOf([], [media]);
    const text = fc.string({ unit: 'binary', minLength: 1 }).filter((value) => value.isWellFormed() && value.trim() === value);
    const value = fc.record(
      { name: text, size: fc.integer(), tags: fc.array(word, { minLength: 1 }), filter: fc.record({ gt: fc.integer() }), file: text },
      { requiredKeys: ['name'] },
    );
    fc.assert(
      fc.property(value, (value) => {
        const body = planBody(media, value, document);
        if (body === undefined) throw new Error('an object has a form');
        const wire = serialiseRequest(operation, planned(operation, [], { body }));
        expect(readBack(operation, wire, options).body).toEqual(value);
        expect(refusalsOf(operation, wire, options)).toEqual([]);
      }),
      { numRuns: 100 },
    );
  });
});

test('a parameter with content is JSON, and a name with brackets is a name', () => {
  const parameters = [
    parameterOf('query', 'form', true, 'nested', { name: 'filter', mediaType: 'application/json' }),
    parameterOf('query', 'form', true, 'integers', { name: 'ids[]' }),
  ];
  const operation = operationOf(parameters);
  const values = [{ name: 'a', filter: { gt: 1 } }, [1, 2]];
  const query = parameters.flatMap((parameter, index) => serialiseParameter(parameter, values[index] ?? null));
  const wire = serialiseRequest(operation, planned(operation, query));
  expect(wire.pathAndQuery).toBe('/a?filter=%7B%22name%22%3A%22a%22%2C%22filter%22%3A%7B%22gt%22%3A1%7D%7D&ids%5B%5D=1&ids%5B%5D=2');
  for (const reader of ['strict', 'lenient'] as const) {
    expect(readBack(operation, wire, { reader, document, judge }).query).toEqual({ filter: values[0], 'ids[]': values[1] });
  }
});

test.each<[string, Parameter, string]>([
  ['a dot segment', parameterOf('path', 'simple', false, 'string'), '..'],
  ['an empty path parameter', parameterOf('path', 'simple', false, 'string'), ''],
  ['a line end in a header', parameterOf('header', 'simple', false, 'string'), 'a\nb'],
])('%s cannot be sent', (_, parameter, value) => {
  const operation = operationOf([parameter]);
  const wire = serialiseRequest(operation, planned(operation, serialiseParameter(parameter, value)));
  expect(refusalsOf(operation, wire, { reader: 'strict', document, judge })).not.toEqual([]);
});

describe('what only the lenient reader takes', () => {
  const both = (operation: Operation, request: PlannedRequest) =>
    (['strict', 'lenient'] as const).map(
      (reader) => refusalsOf(operation, serialiseRequest(operation, request), { reader, document, judge }).length === 0,
    );
  test.each<[string, SchemaName, readonly NameValue[]]>([
    ['space around a number', 'integer', [['color', ' 7 ']]],
    ['leading zeros', 'integer', [['color', '007']]],
    ['yes for true', 'boolean', [['color', 'yes']]],
    ['1 for true', 'boolean', [['color', '1']]],
    [
      'the last of several',
      'integer',
      [
        ['color', 'x'],
        ['color', '7'],
      ],
    ],
    ['brackets after the name', 'integers', [['color[]', '7']]],
    ['a list in one text', 'integers', [['color', '7,8']]],
  ])('%s', (_, schema, pairs) => {
    const operation = operationOf([parameterOf('query', 'form', true, schema)]);
    expect(both(operation, planned(operation, pairs))).toEqual([false, true]);
  });

  test.each<[string, SchemaName, readonly NameValue[], boolean, readonly [boolean, boolean]]>([
    ['an empty text is absent, which an optional parameter may be', 'integer', [['color', '']], false, [false, true]],
    ['an empty text is absent, which a required parameter may not be', 'string', [['color', '']], true, [true, false]],
    ['a missing required parameter', 'string', [], true, [false, false]],
    ['a word for a number', 'integer', [['color', 'seven']], true, [false, false]],
    ['a number out of bounds', 'integer', [['color', '0']], true, [false, false]],
    ['a union takes either', 'either', [['color', '7']], true, [true, true]],
    ['any text is a string', 'string', [['color', '7']], true, [true, true]],
  ])('%s', (_, schema, pairs, required, expected) => {
    const operation = operationOf([parameterOf('query', 'form', true, schema, { required })]);
    expect(both(operation, planned(operation, pairs))).toEqual(expected);
  });

  test('a body that is missing, broken, of another type, or wrong is refused by both', () => {
    const operation = operationOf(
      [],
      [{ mediaType: 'application/json', schema: '/components/schemas/nested', encoding: new Map(), pointer: '' }],
    );
    const bodies: PlannedRequest['body'][] = [
      undefined,
      { mediaType: 'application/json', text: '{"name":"a",}' },
      { mediaType: 'text/plain', text: '{"name":"a"}' },
      { mediaType: 'application/json', json: { name: 1 } },
    ];
    const verdicts = bodies.map((body) => both(operation, planned(operation, [], body === undefined ? {} : { body })));
    expect(verdicts).toEqual([
      [false, false],
      [false, false],
      [false, false],
      [false, false],
    ]);
  });
});
