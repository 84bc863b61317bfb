import { expect, test } from 'vitest';
import { buildContract, parseOverlay } from '../contract/index.ts';
import type { CheckContext, Exchange, Json, JsonObject } from '../model/index.ts';
import { createJudge } from '../schema/index.ts';
import { requestView, responseView } from '../wire/index.ts';
import { errataUsed } from './errata-used.ts';

const document: JsonObject = {
  openapi: '3.0.3',
  info: { title: 'Pets', version: '1' },
  paths: {
    '/pets': {
      get: {
        operationId: 'listPets',
        responses: {
          '200': {
            description: 'OK',
            content: {
              'application/json': { schema: { type: 'array', items: { type: 'object', properties: { name: { type: 'string' } } } } },
            },
          },
        },
      },
    },
  },
};
const content = "$.paths['/pets'].get.responses['200'].content";
const overlay = parseOverlay(
  JSON.stringify({
    overlay: '1.0.0',
    info: { title: 'repairs', version: '1' },
    actions: [
      {
        'x-id': 'name-null',
        'x-kind': 'wrong',
        target: `${content}['application/json'].schema.items.properties.name`,
        update: { nullable: true },
      },
      { 'x-id': 'pets-text', 'x-kind': 'grew', target: content, update: { 'text/plain': { schema: { type: 'string' } } } },
    ],
  }),
  'repairs.json',
);

async function judged(mediaType: string, text: string) {
  const [letter, contract] = await Promise.all([
    buildContract(document, { overlays: [overlay], reading: 'letter' }),
    buildContract(document, { overlays: [overlay] }),
  ]);
  const [operation] = contract.operations;
  if (!operation) throw new Error('no operation');
  const exchange: Exchange = {
    id: 'x1',
    request: { method: 'GET', url: 'http://127.0.0.1/pets', headers: [] },
    response: { status: 200, headers: [['content-type', mediaType]], body: { size: text.length, text } },
    timings: { startedAt: 0, endMs: 1 },
  };
  const response = responseView(exchange, operation);
  const context: CheckContext = {
    contract,
    operation,
    exchange,
    request: requestView(exchange, operation),
    schema: createJudge(contract.document),
    reading: 'contract',
    related: {},
    promised: true,
    ...(response && { response }),
  };
  const check = errataUsed(letter);
  return check.applies?.(context) === false ? undefined : [...check.run(context)];
}

const pets = (...names: readonly Json[]): string => JSON.stringify(names.map((name) => ({ name })));

test('says nothing of what the document as published accepts', async () => {
  expect(await judged('application/json', pets('Tom'))).toEqual([]);
});

test('names the erratum once, whatever the number of places', async () => {
  const found = await judged('application/json', pets(null, 'Tom', null));
  expect(found).toEqual([
    {
      expected: 'string',
      actual: 'null (and at 1 more place)',
      at: '/0/name',
      rule: 'name-null',
      keyword: 'type',
      schemaPointer: '/paths/~1pets/get/responses/200/content/application~1json/schema/items/properties/name/type',
      actualType: 'null',
    },
  ]);
});

test('names the erratum that declares the media type', async () => {
  expect(await judged('text/plain', 'Tom')).toEqual([
    { expected: 'a media type of the document', actual: 'text/plain', at: 'header content-type', rule: 'pets-text' },
  ]);
});

test('leaves what the contract refuses to others', async () => {
  expect(await judged('application/json', pets(5))).toBeUndefined();
});
