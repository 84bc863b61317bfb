import { request as httpRequest } from 'node:http';
import { connect } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { buildContract } from '../contract/index.ts';
import type { JsonObject, MakeBehaviours, ReferenceEvent } from '../model/index.ts';
import { createJudge } from '../schema/index.ts';
import { createReferenceServer, type ReferenceServer, type ReferenceServerOptions } from './index.ts';

const pet = {
  type: 'object',
  required: ['name', 'tags'],
  properties: {
    name: { type: 'string', minLength: 1 },
    tags: { type: 'array', items: { type: 'string' }, uniqueItems: true },
    born: { type: 'string', format: 'date' },
  },
  additionalProperties: false,
};
const document: JsonObject = {
  openapi: '3.0.3',
  info: { title: 'Pets', version: '1' },
  servers: [{ url: 'https://pets.example/api/v2' }],
  security: [{ key: [] }],
  paths: {
    '/pets': {
      post: {
        operationId: 'addPet',
        requestBody: { required: true, content: { 'application/json': { schema: { $ref: '#/components/schemas/Pet' } } } },
        responses: {
          '201': {
            description: 'Created',
            headers: { 'X-Count': { required: true, schema: { type: 'integer', minimum: 1, maximum: 5 } } },
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Pet' } } },
          },
          '400': {
            description: 'Bad Request',
            content: {
              'application/json': { schema: { type: 'object', required: ['problem'], properties: { problem: { type: 'string' } } } },
            },
          },
        },
      },
      get: {
        operationId: 'listPets',
        security: [],
        parameters: [{ name: 'limit', in: 'query', schema: { type: 'integer', default: 7 } }],
        responses: { '200': { description: 'OK', content: { 'text/event-stream': { schema: { type: 'string' } } } } },
      },
    },
    '/pets/{petId}': {
      delete: {
        operationId: 'removePet',
        parameters: [{ name: 'petId', in: 'path', required: true, schema: { type: 'string' } }],
        responses: { '204': { description: 'No Content' } },
      },
    },
    '/pets/{petId}/picture': {
      get: {
        operationId: 'picturePet',
        security: [],
        parameters: [{ name: 'petId', in: 'path', required: true, schema: { type: 'string' } }],
        responses: {
          '302': { description: 'Found', headers: { Location: { required: true, schema: { type: 'string', format: 'uri' } } } },
          '404': { description: 'Not Found' },
        },
      },
    },
  },
  components: { schemas: { Pet: pet }, securitySchemes: { key: { type: 'apiKey', in: 'header', name: 'X-Key' } } },
};
const contract = await buildContract(document, { id: 'pets@1' });
const good = JSON.stringify({ name: 'Rex', tags: ['good'] });
const json = { 'content-type': 'application/json', 'x-key': 'reference-key' };

let server: ReferenceServer;
async function start(options: Partial<ReferenceServerOptions> = {}): Promise<ReferenceServer> {
  server = await createReferenceServer({ contract, log: () => undefined, ...options });
  return server;
}
afterEach(() => server.close());

const post = (body: string, headers: Record<string, string> = json) => fetch(`${server.url}/pets`, { method: 'POST', headers, body });

describe('refusals', () => {
  test.each([
    ['an unknown path', '/cats', { headers: json }, 404],
    ['a method that the path lacks', '/pets', { method: 'PUT', headers: json, body: good }, 405],
    ['no credentials', '/pets', { method: 'POST', headers: { 'content-type': 'application/json' }, body: good }, 401],
    ['wrong credentials', '/pets', { method: 'POST', headers: { ...json, 'x-key': 'other' }, body: good }, 401],
    [
      'a content type that is not declared, of a document that declares 400 and no 415',
      '/pets',
      { method: 'POST', headers: { ...json, 'content-type': 'text/plain' }, body: good },
      400,
    ],
    ['broken JSON', '/pets', { method: 'POST', headers: json, body: '{"name":' }, 400],
    ['no body', '/pets', { method: 'POST', headers: { 'x-key': 'reference-key' } }, 400],
    ['a body that breaks the schema', '/pets', { method: 'POST', headers: json, body: '{"name":""}' }, 400],
    ['a query parameter of the wrong type', '/pets?limit=many', { headers: json }, 400],
    [
      'a body that is nested too deep',
      '/pets',
      { method: 'POST', headers: json, body: `${'['.repeat(100_000)}${']'.repeat(100_000)}` },
      400,
    ],
    [
      'a body that is too large',
      '/pets',
      { method: 'POST', headers: json, body: JSON.stringify({ name: 'x'.repeat(2000), tags: [] }) },
      413,
    ],
  ] as const)('%s', async (_, path, init, status) => {
    await start({ maxBodyBytes: path === '/pets' && 'body' in init && init.body.length > 150_000 ? 1_000_000 : 1500 });
    const response = await fetch(server.url + path, init);
    expect(response.status).toBe(status);
    expect(response.headers.get('content-type')).toBe('application/json');
    expect(Object.keys((await response.json()) as object)).toEqual([status === 400 && path === '/pets' ? 'problem' : 'error']);
  });

  test('names the member as a dotted path, by the behaviours of a pack', async () => {
    const behaviours: MakeBehaviours = () => ({ operations: new Map(), error: (status, problem) => ({ status, json: { ...problem } }) });
    await start({ behaviours });
    expect(await (await post('{"name":"a","tags":["b",5]}')).json()).toMatchObject({ param: 'tags[1]', code: 'invalid_type' });
    expect(await (await post('{"tags":[]}')).json()).toMatchObject({ param: 'name', code: 'missing_required_parameter' });
  });

  test('says which methods a path has', async () => {
    await start();
    const refused = await fetch(`${server.url}/pets`, { method: 'DELETE', headers: json });
    expect(refused.headers.get('allow')).toBe('GET, POST, HEAD, OPTIONS');
    const options = await fetch(`${server.url}/pets`, { method: 'OPTIONS' });
    expect([options.status, options.headers.get('allow')]).toEqual([204, 'GET, POST, HEAD, OPTIONS']);
  });

  test('gives the envelope to what is no HTTP', async () => {
    await start();
    const text = await raw('BROKEN\r\n\r\n');
    expect(text).toMatch(/^HTTP\/1\.1 400 Bad Request\r\n/);
    expect(JSON.parse(text.slice(text.indexOf('{')))).toMatchObject({ error: { type: 'invalid_request' } });
  });

  test('an exception of a behaviour is a 500 and one line in the log', async () => {
    const lines: string[] = [];
    const operations = new Map([
      [
        'addPet',
        () => {
          throw new Error('Ouch');
        },
      ],
    ]);
    await start({
      behaviours: () => ({ operations, error: (status, problem) => ({ status, json: { ...problem } }) }),
      log: (line) => void lines.push(line),
    });
    expect((await post(good)).status).toBe(500);
    expect(lines.map((line) => line.split('\n')[0])).toEqual(['addPet: Error: Ouch']);
  });
});

describe('schema-made replies', () => {
  test('have the declared status, headers and a valid body, the same for the same seed', async () => {
    const judge = createJudge(contract.document);
    const bodies: string[] = [];
    for (const seed of [5, 5, 6]) {
      await start({ seed });
      const response = await post(good);
      const body: unknown = await response.json();
      expect(response.status).toBe(201);
      expect(Number(response.headers.get('x-count'))).toBeOneOf([1, 2, 3, 4, 5]);
      expect(judge.accepts('/components/schemas/Pet', body)).toBe(true);
      expect(server.made).toEqual({ values: 2, plausible: 2, generated: 0, failed: 0 });
      bodies.push(JSON.stringify(body));
      if (bodies.length < 3) await server.close();
    }
    expect(bodies[0]).toBe(bodies[1]);
    expect(bodies[2]).not.toBe(bodies[0]);
  });

  test('come with and without the base path, and without a body where none is declared', async () => {
    await start();
    for (const url of [server.url, server.origin]) {
      const response = await fetch(`${url}/pets/rex`, { method: 'DELETE', headers: json });
      expect([response.status, await response.text()]).toEqual([204, '']);
    }
  });

  test('redirect where nothing but a redirect is declared', async () => {
    await start();
    const answer = await fetch(`${server.url}/pets/rex/picture`, { redirect: 'manual' });
    expect(answer.status).toBe(302);
    expect(answer.headers.get('location')).toMatch(/^https?:/);
  });

  test('HEAD is GET without the body', async () => {
    await start();
    const response = await fetch(`${server.url}/pets`, { method: 'HEAD' });
    expect([response.status, response.headers.get('content-type'), await response.text()]).toEqual([200, 'text/event-stream', '']);
  });
});

describe('streams', () => {
  const events: ReferenceEvent[] = [{ event: 'greeting', data: { text: 'Grüße 🎉' } }, { data: 'two\nlines' }, { data: '[DONE]' }];
  const behaviours: MakeBehaviours = () => ({
    operations: new Map([['listPets', (request) => ({ status: 200, events: [{ data: request.query }, ...events] })]]),
    error: (status, problem) => ({ status, json: { ...problem } }),
  });
  const whole = 'data: {"limit":7}\n\nevent: greeting\ndata: {"text":"Grüße 🎉"}\n\ndata: two\ndata: lines\n\ndata: [DONE]\n\n';

  test('one block for each event, with the defaults of the query filled in', async () => {
    await start({ behaviours });
    const response = await fetch(`${server.url}/pets`);
    expect(response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
    expect(await response.text()).toBe(whole);
  });

  test('odd chunks split events and characters and are the same text', async () => {
    await start({ behaviours, chunking: 'odd' });
    const { chunks, text } = await chunksOf(`${server.url}/pets`);
    expect(text).toBe(whole);
    expect(chunks.length).toBeGreaterThan(10);
  });

  test('a fault can break the stream off', async () => {
    await start({ behaviours, faults: [{ id: 'cut', breaks: 'x', what: 'x', wire: 'truncate' }] });
    await expect(fetch(`${server.url}/pets`).then((response) => response.text())).rejects.toThrow('terminated');
  });
});

describe('the self-check', () => {
  test('turns a success that breaks the contract into a 500 that says how', async () => {
    const operations = new Map([['addPet', () => ({ status: 201, json: { name: 5, tags: [] } })]]);
    await start({ selfCheck: true, behaviours: () => ({ operations, error: (status, problem) => ({ status, json: { ...problem } }) }) });
    const response = await post(good);
    expect([response.status, await response.json()]).toEqual([
      500,
      {
        message: 'The reply breaks the contract: /name: expected string, got 5 (/components/schemas/Pet/properties/name/type)',
        code: 'self_check',
      },
    ]);
  });
});

async function raw(text: string): Promise<string> {
  const socket = connect(Number(new URL(server.origin).port), '127.0.0.1');
  socket.end(text);
  const chunks: Buffer[] = [];
  for await (const chunk of socket) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}

async function chunksOf(url: string): Promise<{ readonly chunks: readonly Buffer[]; readonly text: string }> {
  const chunks: Buffer[] = [];
  await new Promise<void>((resolve, reject) => {
    httpRequest(url, (response) => {
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => resolve());
    })
      .on('error', reject)
      .end();
  });
  return { chunks, text: Buffer.concat(chunks).toString() };
}
