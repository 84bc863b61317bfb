import { describe, expect, test } from 'vitest';
import { buildContract } from '../contract/index.ts';
import type { Case, JsonObject, Operation } from '../model/index.ts';
import { createJudge } from '../schema/index.ts';
import { valueAt, withValueAt } from '../schema/pointer.ts';
import { createGenerator, type GeneratorOptions } from './index.ts';

const body: JsonObject = {
  type: 'object',
  required: ['name', 'tags'],
  properties: {
    name: { type: 'string', maxLength: 20 },
    tags: { type: 'array', minItems: 1, items: { type: 'string' } },
    size: { type: 'integer', minimum: 1, nullable: true },
    note: { type: 'string' },
    state: { type: 'string', enum: ['open', 'closed'], 'x-assay-open': true },
    code: { type: 'string', pattern: '^[a-z]+$' },
    level: { type: 'integer', maximum: 3, 'x-enforced': false },
  },
};
const document: JsonObject = {
  openapi: '3.0.3',
  info: { title: 'Things', version: '1' },
  components: { securitySchemes: { key: { type: 'http', scheme: 'bearer' } } },
  security: [{ key: [] }],
  paths: {
    '/things': {
      get: {
        operationId: 'listThings',
        parameters: [
          { name: 'limit', in: 'query', schema: { type: 'integer', minimum: 1, maximum: 10 } },
          { name: 'order', in: 'query', schema: { type: 'string', enum: ['asc', 'desc'] } },
          { name: 'after', in: 'query', schema: { type: 'string' } },
        ],
        responses: { '200': { description: 'OK' } },
      },
      post: {
        operationId: 'makeThing',
        requestBody: { required: true, content: { 'application/json': { schema: body } } },
        responses: { '200': { description: 'OK' } },
      },
    },
    '/things/{thing_id}': {
      get: {
        operationId: 'getThing',
        parameters: [{ name: 'thing_id', in: 'path', required: true, schema: { type: 'string' } }],
        responses: { '200': { description: 'OK' } },
      },
    },
  },
};

async function make(options: Partial<GeneratorOptions> = {}, mediaType = 'application/json') {
  const text = JSON.stringify(document).replace('"application/json"', JSON.stringify(mediaType));
  const contract = await buildContract(JSON.parse(text) as JsonObject);
  const generator = createGenerator({ contract, judge: createJudge(contract.document), seed: 1, ...options });
  const operation = (id: string) => contract.operations.find((one) => one.id === id) as Operation;
  return { generator, operation };
}

const told = ({ mutation }: Case) => `${mutation?.keyword} ${mutation?.in} ${mutation?.instancePath}`;

describe('the first invalid phase', () => {
  test('breaks credentials, undeclared methods where the path takes no id, and each parameter once for each kind', async () => {
    const { generator, operation } = await make();
    expect([...generator.invalid(operation('listThings'))].map(told)).toEqual([
      'credentials request ',
      'credentials request ',
      'method request ',
      'method request ',
      'method request ',
      'type query /limit',
      'minimum query /limit',
      'maximum query /limit',
      'enum query /order',
    ]);
  });

  test('names an id that nobody has made, of the form of the sample', async () => {
    const bindings = [{ operations: ['getThing'], in: 'path', at: '/thing_id', slot: 'thing.id', values: ['thing_abc123'] }] as const;
    const { generator, operation } = await make({ bindings });
    const unknown = [...generator.invalid(operation('getThing'))].find((planned) => planned.mutation?.keyword === 'unknown-id');
    expect(unknown?.request.path).toMatch(/^\/things\/thing_neverMade/);
    expect(unknown?.slots).toEqual([]);
    expect(generator.control(operation('getThing'))?.slots).toEqual([{ at: '/pathParameters/thing_id', from: 'thing.id' }]);
  });

  test('demands less where the contract says less', async () => {
    const { generator, operation } = await make();
    const broken = [...generator.invalid(operation('makeThing')), ...generator.coverage(operation('makeThing'))];
    const levelOf = (at: string, keyword: string) =>
      broken.find((planned) => told(planned) === `${keyword} body ${at}`)?.mutation?.level ?? 'MUST';
    expect([levelOf('/size', 'minimum'), levelOf('/state', 'enum'), levelOf('/code', 'pattern'), levelOf('/level', 'maximum')]).toEqual([
      'MUST',
      'SHOULD',
      'SHOULD',
      'MAY',
    ]);
  });
});

test('what the wire cannot say is told with its reason', async () => {
  const { generator, operation } = await make();
  const rows = generator.unexpressible(operation('listThings')).map(({ cell, reason }) => `${cell.keyword} ${cell.aspect}: ${reason}`);
  expect(rows).toContain('type null: a query parameter has no null');
  expect(rows).toContain('type number: on the wire a strict reader takes it as valid');
});

test('every row of the coverage table is served by a case or told', async () => {
  const { generator, operation } = await make();
  const served = new Set(
    [
      ...generator.cases(operation('makeThing'), 'valid'),
      ...generator.invalid(operation('makeThing')),
      ...generator.coverage(operation('makeThing')),
    ].flatMap((planned) => planned.cells.map((cell) => JSON.stringify([planned.mode, cell]))),
  );
  const toldRows = new Set(generator.unexpressible(operation('makeThing')).map(({ cell, mode }) => JSON.stringify([mode, cell])));
  const open = generator
    .cells(operation('makeThing'))
    .filter(({ cell, mode }) => !served.has(JSON.stringify([mode, cell])) && !toldRows.has(JSON.stringify([mode, cell])));
  expect(open).toEqual([]);
});

test('sends null wherever the schema is nullable, and where a form cannot say it tells so', async () => {
  const { generator, operation } = await make();
  const nulls = (cases: Iterable<Case>) =>
    [...cases].filter(({ mode, request: { body } }) => mode === 'valid' && body && 'json' in body && valueAt(body.json, '/size') === null);
  expect(nulls(generator.coverage(operation('makeThing')))).not.toEqual([]);
  expect(nulls(generator.property(operation('makeThing'), 40))).not.toEqual([]);
  const form = await make({}, 'multipart/form-data');
  expect(form.generator.unexpressible(form.operation('makeThing'))).toContainEqual({
    cell: {
      in: 'body',
      schema: '/paths/~1things/post/requestBody/content/multipart~1form-data/schema/properties/size',
      keyword: 'type',
      aspect: 'null',
    },
    mode: 'valid',
    reason: 'a form has no null',
  });
  const parts = [...form.generator.property(form.operation('makeThing'), 40)].flatMap(({ mode, request: { body } }) =>
    mode === 'valid' && body && 'parts' in body ? body.parts : [],
  );
  expect(parts.filter(({ text }) => text === 'null')).toEqual([]);
});

test('a schema inside itself is walked inside itself twice', async () => {
  const tree: JsonObject = {
    type: 'object',
    required: ['value'],
    properties: {
      value: { type: 'integer' },
      next: { anyOf: [{ $ref: '#/components/schemas/Tree' }, { type: 'string', enum: ['leaf', 'end'] }] },
    },
  };
  const schema: JsonObject = { $ref: '#/components/schemas/Tree' };
  const contract = await buildContract({
    openapi: '3.0.3',
    info: { title: 'Trees', version: '1' },
    components: { schemas: { Tree: tree } },
    paths: {
      '/trees': {
        post: { operationId: 'makeTree', requestBody: { required: true, content: { 'application/json': { schema } } }, responses: {} },
      },
    },
  });
  const generator = createGenerator({ contract, judge: createJudge(contract.document), seed: 1 });
  const cases = [...generator.coverage(contract.operations[0] as Operation)];
  const broken = cases.filter(({ mutation }) => mutation?.keyword === 'type' && mutation.instancePath.endsWith('/value'));
  expect(new Set(broken.map(({ mutation }) => mutation?.instancePath))).toEqual(
    new Set(['/value', '/next/value', '/next/next/value', '/next/next/next/value']),
  );
  const leaves = cases.filter(({ mode, request: { body } }) => mode === 'valid' && valueAt(body, '/json/next/next/next') === 'end');
  expect(leaves).toHaveLength(1);
});

test('branches that contradict each other are no rows of their own where each goes with another', async () => {
  const branch = (kind: string): JsonObject => ({ required: ['kind'], properties: { kind: { type: 'string', enum: [kind] } } });
  const schema: JsonObject = {
    type: 'object',
    allOf: [{ anyOf: [branch('left'), branch('right')] }, { anyOf: [branch('left'), branch('right')] }],
  };
  const contract = await buildContract({
    openapi: '3.0.3',
    info: { title: 'Sides', version: '1' },
    paths: {
      '/sides': {
        post: { operationId: 'takeSide', requestBody: { required: true, content: { 'application/json': { schema } } }, responses: {} },
      },
    },
  });
  const generator = createGenerator({ contract, judge: createJudge(contract.document), seed: 1 });
  const [operation] = contract.operations as [Operation];
  expect([...generator.coverage(operation)].length).toBeGreaterThan(3);
  expect(generator.unexpressible(operation).filter(({ reason }) => reason.includes('no value'))).toEqual([]);
});

test('what the pack has to put before a place moves the case with it', async () => {
  // A tag that is alone gets one before it.
  const { generator, operation } = await make({
    wellMeant: (_, request) => {
      const json = request.body && 'json' in request.body ? request.body.json : undefined;
      const tags = valueAt(json, '/tags');
      if (!request.body || json === undefined || !Array.isArray(tags) || tags.length !== 1) return request;
      return { ...request, body: { mediaType: request.body.mediaType, json: withValueAt(json, '/tags', ['first', ...tags]) } };
    },
  });
  const cases = [...generator.invalid(operation('makeThing')), ...generator.coverage(operation('makeThing'))];
  const broken = cases.find(({ mutation }) => mutation?.keyword === 'type' && mutation.instancePath.startsWith('/tags/'));
  expect(broken?.mutation?.instancePath).toBe('/tags/1');
  expect(valueAt(broken?.request.body, '/json/tags')).toEqual(['first', broken?.mutation?.after]);
  const entry = '/paths/~1things/post/requestBody/content/application~1json/schema/properties/tags/items';
  expect(generator.unexpressible(operation('makeThing')).filter(({ cell }) => cell.schema === entry)).toEqual([]);
});

test('a draw is the same however many are asked for', async () => {
  const { generator, operation } = await make();
  const few = [...generator.property(operation('makeThing'), 5)];
  const many = [...generator.property(operation('makeThing'), 30)];
  expect(many.slice(0, few.length)).toEqual(few);
  const other = await make({ seed: 2 });
  expect([...other.generator.property(operation('makeThing'), 5)]).not.toEqual(few);
});

test('a broken request shrinks to the smallest that is broken in the same way', async () => {
  const { generator, operation } = await make();
  const drawn = [...generator.property(operation('makeThing'), 40)].filter(
    ({ mutation }) => mutation?.in === 'body' && mutation.instancePath === '/size',
  );
  let smallest = drawn.toSorted((a, b) => JSON.stringify(b.request).length - JSON.stringify(a.request).length)[0];
  for (let next = smallest; next; [next] = generator.shrink(next)) smallest = next;
  expect(smallest?.request.body).toEqual({
    mediaType: 'application/json',
    json: { name: expect.any(String), tags: [expect.any(String)], size: smallest?.mutation?.after },
  });
});

test.each(['application/x-www-form-urlencoded', 'multipart/form-data'])(
  'a body of %s shrinks by losing members first',
  async (mediaType) => {
    const { generator, operation } = await make({}, mediaType);
    const names = ({ request: { body } }: Case) =>
      body && 'form' in body ? body.form.map(([name]) => name) : body && 'parts' in body ? body.parts.map(({ name }) => name) : [];
    const largest = (cases: readonly Case[]) => cases.toSorted((a, b) => names(b).length - names(a).length)[0];
    const shrunk = (from: Case | undefined): Case => {
      let smallest = from;
      for (let next = smallest; next; [next] = generator.shrink(next)) smallest = next;
      return smallest as Case;
    };
    const drawn = [...generator.property(operation('makeThing'), 200)];
    const broken = largest(drawn.filter(({ mutation }) => mutation?.in === 'body' && mutation.instancePath === '/size'));
    expect(names(broken as Case).length).toBeGreaterThan(3);
    expect(names(shrunk(broken)).toSorted()).toEqual(['name', 'size', 'tags']);
    const valid = largest(drawn.filter(({ mode }) => mode === 'valid'));
    expect(names(valid as Case).length).toBeGreaterThan(4);
    expect(names(shrunk(valid)).toSorted()).toEqual(['name', 'tags']);
    const [first] = generator.shrink(valid as Case);
    expect(names(first as Case).length).toBeLessThan(names(valid as Case).length);
  },
);

test('probes are concrete, unusual and of every kind that the request allows', async () => {
  const { generator, operation } = await make();
  const probes = [...generator.probes(operation('makeThing'))];
  expect(probes.every((planned) => planned.mode === 'probe' && planned.mutation === undefined)).toBe(true);
  const kinds = probes.map((planned) => planned.probe);
  expect(kinds).toEqual(
    expect.arrayContaining([
      'bom',
      'duplicate-keys',
      'deep-nesting',
      'huge-number',
      'charset-utf-16',
      'unknown-members',
      'long-string',
      'nul',
      'lone-surrogate',
      'unknown-query',
      'header-case',
    ]),
  );
  const twice = probes.find((planned) => planned.probe === 'duplicate-keys')?.request.body;
  expect(String(valueAt(twice, '/text')).match(/"name":/g)).toHaveLength(2);
});

test("a pack's form that breaks the schema is our error, named", async () => {
  const { generator, operation } = await make({
    wellMeant: (_, request) => (request.body ? { ...request, body: { mediaType: 'application/json', json: { name: 1 } } } : request),
  });
  expect(() => [...generator.valid(operation('makeThing'))]).toThrow(/well-meant form of makeThing breaks its schema/);
});
