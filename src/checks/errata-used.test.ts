import { expect, test } from 'vitest';
import { buildContract, letterDocument, parseOverlay } from '../contract/index.ts';
import type { Case, CheckContext, Exchange, Json, JsonObject, StreamEvent } from '../model/index.ts';
import { createJudge } from '../schema/index.ts';
import { requestView, responseView } from '../wire/index.ts';
import { errataUsed } from './errata-used.ts';

const document: JsonObject = {
  openapi: '3.0.3',
  info: { title: 'Pets', version: '1' },
  paths: {
    '/pets': {
      post: {
        operationId: 'makePets',
        requestBody: { content: { 'application/json': { schema: { type: 'object', properties: { size: { enum: ['small'] } } } } } },
        responses: {
          '200': {
            description: 'OK',
            content: {
              'application/json': { schema: { type: 'array', items: { $ref: '#/components/schemas/Pet' } } },
              'text/event-stream': {
                schema: {
                  anyOf: [
                    {
                      type: 'object',
                      required: ['type', 'pet'],
                      properties: { type: { enum: ['pet'] }, pet: { $ref: '#/components/schemas/Pet' } },
                    },
                  ],
                },
              },
            },
          },
        },
      },
    },
  },
  components: {
    schemas: {
      Pet: {
        type: 'object',
        required: ['name', 'title'],
        properties: {
          name: { type: 'string' },
          title: { type: 'string' },
          friends: { type: 'array', items: { $ref: '#/components/schemas/Pet' } },
        },
      },
    },
  },
};
const operationAt = "$.paths['/pets'].post";
const content = `${operationAt}.responses['200'].content`;
const overlay = parseOverlay(
  JSON.stringify({
    overlay: '1.0.0',
    info: { title: 'repairs', version: '1' },
    actions: [
      { 'x-id': 'name-null', 'x-kind': 'wrong', target: '$.components.schemas.Pet.properties.name', update: { nullable: true } },
      { 'x-id': 'title-absent', 'x-kind': 'wrong', target: '$.components.schemas.Pet.required[1]', remove: true },
      { 'x-id': 'pets-text', 'x-kind': 'grew', target: content, update: { 'text/plain': { schema: { type: 'string' } } } },
      {
        'x-id': 'size-grew',
        'x-kind': 'grew',
        target: `${operationAt}.requestBody.content['application/json'].schema.properties.size`,
        update: { enum: ['large'] },
      },
      {
        'x-id': 'purr-grew',
        'x-kind': 'grew',
        target: `${content}['text/event-stream'].schema.anyOf`,
        update: { 'x-assay-grew': true, type: 'object', required: ['type'], properties: { type: { enum: ['purr'] } } },
      },
    ],
  }),
  'repairs.json',
);

interface Sent {
  readonly mediaType?: string;
  readonly text?: string;
  readonly request?: Json;
  readonly events?: readonly Json[];
  readonly status?: number;
  readonly planned?: boolean;
}

async function judged({ mediaType = 'application/json', text = '[]', request = {}, events, status = 200, planned }: Sent) {
  const contract = await buildContract(document, { overlays: [overlay] });
  const [operation] = contract.operations;
  if (!operation) throw new Error('no operation');
  const sent = JSON.stringify(request);
  const kept = events?.map((event, index): StreamEvent => {
    const data = JSON.stringify(event);
    return { index, direction: 'in', at: 0, data, fields: [['data', data]], end: 'blank-line', offset: 0 };
  });
  const exchange: Exchange = {
    id: 'x1',
    request: {
      method: 'POST',
      url: 'http://127.0.0.1/pets',
      headers: [['content-type', 'application/json']],
      body: { size: sent.length, text: sent },
    },
    response: { status, headers: [['content-type', mediaType]], body: { size: text.length, text } },
    ...(kept && { stream: { count: kept.length, bytes: 0, digest: '', kept, end: 'closed' as const, gaps: [], violations: [] } }),
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
    ...(planned && { case: { mode: 'valid' } as Case }),
  };
  let made = 0;
  const check = errataUsed({
    letter: () => {
      made++;
      return letterDocument(document, [overlay]);
    },
    valueOf: (_, { data = '' }) => JSON.parse(data) as Json,
  });
  const found = check.applies?.(context) === false ? undefined : [...check.run(context)];
  expect(made).toBe(1);
  return found;
}

const pets = (...names: readonly Json[]): string => JSON.stringify(names.map((name) => ({ name, title: 'Mx' })));
const rulesOf = (found: Awaited<ReturnType<typeof judged>>) => found?.map((one) => ('rule' in one ? `${one.rule} ${one.at}` : one));

test('does not speak where nothing that was freed is used', async () => {
  expect(await judged({ text: pets('Tom') })).toBeUndefined();
});

test('names the erratum once, whatever the number of places', async () => {
  expect(await judged({ text: pets(null, 'Tom', null) })).toEqual([
    {
      expected: 'string',
      actual: 'null (and at 1 more place)',
      at: '/0/name',
      rule: 'name-null',
      keyword: 'type',
      schemaPointer: '/components/schemas/Pet/properties/name/type',
      actualType: 'null',
    },
  ]);
});

test('finds what stands deep in a schema that refers to itself', async () => {
  const deep = [{ name: 'a', title: 'b', friends: [{ name: 'c', title: 'd', friends: [{ name: 'e' }] }] }];
  expect(rulesOf(await judged({ text: JSON.stringify(deep) }))).toEqual(['title-absent /0/friends/0/friends/0']);
});

test('names the erratum that declares the media type', async () => {
  expect(await judged({ mediaType: 'text/plain', text: 'Tom' })).toEqual([
    { expected: 'a media type of the document', actual: 'text/plain', at: 'header content-type', rule: 'pets-text' },
  ]);
});

test('leaves what the contract refuses to others', async () => {
  expect(await judged({ text: pets(5) })).toBeUndefined();
});

test('sees grown events, and repaired places in others', async () => {
  const events = [{ type: 'pet', pet: { name: 'a', title: 'b' } }, { type: 'purr' }, { type: 'pet', pet: { name: null, title: 'b' } }];
  const found = await judged({ mediaType: 'text/event-stream', events });
  expect(rulesOf(found)).toEqual(['purr-grew event 1 /type', 'name-null event 2 /pet/name']);
});

test('notes what others were granted beyond the document, and nothing of what we ask for ourselves', async () => {
  const large = { size: 'large' };
  expect(rulesOf(await judged({ request: large }))).toEqual(['size-grew request /size']);
  expect(await judged({ request: large, planned: true })).toBeUndefined();
  expect(await judged({ request: large, status: 400 })).toBeUndefined();
});
