import { expect, test } from 'vitest';
import { buildContract } from '../contract/index.ts';
import type { Case, Json, JsonObject, Operation } from '../model/index.ts';
import { createJudge } from '../schema/index.ts';
import { createGenerator } from './index.ts';

const thing: JsonObject = {
  type: 'object',
  required: ['name'],
  properties: {
    name: { type: 'string' },
    size: { type: 'integer', minimum: 1 },
    note: { type: 'string' },
    parts: {
      type: 'array',
      items: { type: 'object', required: ['kind', 'count'], properties: { kind: { type: 'string' }, count: { type: 'integer' } } },
    },
  },
};
const paths = (mediaType: string): JsonObject => ({
  '/things': {
    post: {
      operationId: 'makeThing',
      parameters: [{ name: 'limit', in: 'query', schema: { type: 'integer', minimum: 1 } }],
      requestBody: { required: true, content: { [mediaType]: { schema: thing } } },
      responses: { '200': { description: 'OK' } },
    },
  },
});

async function make(mediaType = 'application/json') {
  const contract = await buildContract({ openapi: '3.0.3', info: { title: 'Things', version: '1' }, paths: paths(mediaType) });
  const judge = createJudge(contract.document);
  const generator = createGenerator({ contract, judge, seed: 1 });
  const operation = contract.operations[0] as Operation;
  const schema = operation.requestBody?.content[0]?.schema ?? '';
  return { generator, operation, accepts: (value: Json) => judge.accepts(schema, value) };
}

const jsonOf = ({ request }: Case): Json => (request.body && 'json' in request.body ? request.body.json : null);

test('takes the smallest valid case that holds the place, and breaks it in the same way', async () => {
  const { generator, operation, accepts } = await make();
  const drawn = [...generator.property(operation, 60)].find((planned) => {
    const size = Object.keys(jsonOf(planned) ?? {}).length;
    return planned.mutation?.instancePath === '/size' && size > 2;
  }) as Case;
  const standIn = generator.standIn(drawn);
  expect(standIn).toMatchObject({
    id: drawn.id,
    mutation: drawn.mutation,
    standIn: { refused: drawn.control, holdsPlace: true },
    request: { body: { json: { name: expect.any(String), size: drawn.mutation?.after } } },
  });
  const control = generator.controlById(standIn?.control ?? '') as Case;
  expect(control.mode).toBe('valid');
  expect(Object.keys(jsonOf(control) as JsonObject)).toEqual(['name', 'size']);
  expect(accepts(jsonOf(control))).toBe(true);
  expect(accepts(jsonOf(standIn as Case))).toBe(false);
});

test('says so where the smallest valid case has to be given the place', async () => {
  const { generator, operation } = await make();
  const broken = [...generator.coverage(operation)].find(
    ({ mutation }) => mutation?.keyword === 'required' && mutation.at === '/parts/0/kind',
  );
  const standIn = generator.standIn(broken as Case);
  expect(standIn?.standIn).toEqual({ refused: broken?.control, holdsPlace: false });
  expect(standIn?.control).toBe(generator.control(operation)?.id);
  expect(jsonOf(standIn as Case)).toEqual({ name: expect.any(String), parts: [{ count: expect.any(Number) }] });
});

test('finds none for what is broken in the smallest case', async () => {
  const { generator, operation } = await make();
  const mutants = [...generator.invalid(operation), ...generator.coverage(operation)].filter(({ mode }) => mode === 'invalid');
  const smallest = generator.control(operation)?.id;
  expect(mutants.filter(({ control }) => control === smallest).map((one) => generator.standIn(one))).toEqual(
    mutants.filter(({ control }) => control === smallest).map(() => undefined),
  );
});

test.each(['application/x-www-form-urlencoded', 'multipart/form-data'])('replaces the part of a body of %s', async (mediaType) => {
  const { generator, operation } = await make(mediaType);
  const drawn = [...generator.property(operation, 80)].filter((planned) => planned.mutation?.instancePath === '/size');
  const standIns = drawn.map((one) => generator.standIn(one)).filter((one) => one !== undefined);
  const { body } = standIns[0]?.request ?? {};
  const pairs = body && 'form' in body ? body.form : body && 'parts' in body ? body.parts.map(({ name, text }) => [name, text]) : [];
  expect(pairs).toEqual([
    ['name', expect.any(String)],
    ['size', expect.any(String)],
  ]);
});

test('replaces a query parameter', async () => {
  const { generator, operation } = await make();
  const drawn = [...generator.property(operation, 60)].find((planned) => {
    return planned.mutation?.in === 'query' && Object.keys(jsonOf(planned) ?? {}).length > 2;
  }) as Case;
  expect(generator.standIn(drawn)?.request).toMatchObject({ query: drawn.request.query, body: { json: { name: expect.any(String) } } });
});
