import { buildContract } from '../../src/contract/index.ts';
import type {
  Case,
  Check,
  CheckContext,
  CheckYield,
  Exchange,
  JsonObject,
  Mutation,
  NameValue,
  RelatedExchanges,
  SentRequest,
  StreamRecord,
  TransportError,
} from '../../src/model/index.ts';
import { createJudge } from '../../src/schema/index.ts';
import { requestView, responseView } from '../../src/wire/index.ts';

const error = {
  description: 'Error',
  content: {
    'application/json': {
      schema: {
        type: 'object',
        required: ['error'],
        properties: {
          error: {
            type: 'object',
            required: ['message', 'type', 'param'],
            properties: { message: { type: 'string' }, type: { type: 'string' }, param: { type: 'string', nullable: true } },
          },
        },
      },
    },
  },
};

const pet = {
  type: 'object',
  required: ['id', 'tags'],
  properties: {
    id: { type: 'integer', minimum: 1 },
    tags: { type: 'array', items: { type: 'string' } },
    mood: { type: 'string', enum: ['calm', 'cross', 'asleep'] },
    home: {
      anyOf: [
        {
          type: 'object',
          required: ['kind', 'street'],
          properties: { kind: { type: 'string', enum: ['house'] }, street: { type: 'string' } },
        },
        {
          type: 'object',
          required: ['kind', 'forest'],
          properties: { kind: { type: 'string', enum: ['wild'] }, forest: { type: 'string' } },
        },
      ],
    },
  },
};

const document: JsonObject = {
  openapi: '3.0.3',
  info: { title: 'Pets', version: '1' },
  paths: {
    '/pets': {
      get: { operationId: 'listPets', responses: { '200': { description: 'OK' }, '404': { description: 'Not Found' } } },
      post: {
        operationId: 'createPet',
        parameters: [{ name: 'shop', in: 'query', required: true, schema: { type: 'string' } }],
        requestBody: {
          required: true,
          content: {
            'application/json': {
              schema: {
                type: 'object',
                required: ['name'],
                properties: { name: { type: 'string' }, age: { type: 'integer', minimum: 1, 'x-enforced': { minimum: false } } },
              },
            },
          },
        },
        responses: { '200': { description: 'OK' } },
      },
    },
    '/pets/{petId}': {
      parameters: [{ name: 'petId', in: 'path', required: true, schema: { type: 'string' } }],
      get: {
        operationId: 'getPet',
        security: [{ key: [] }],
        responses: {
          '200': {
            description: 'OK',
            headers: {
              'X-Rate': { required: true, schema: { type: 'integer', minimum: 0 } },
              'X-Kinds': { schema: { type: 'array', items: { type: 'string', enum: ['cat', 'dog'] } } },
            },
            content: { 'application/json': { schema: pet }, 'text/plain': { schema: { type: 'string', minLength: 3 } }, 'image/png': {} },
          },
          '204': { description: 'No Content' },
          '4XX': error,
          '500': error,
        },
      },
      delete: { operationId: 'deletePet', responses: { '204': { description: 'No Content' } } },
    },
  },
  components: { securitySchemes: { key: { type: 'http', scheme: 'bearer' } } },
};

const contract = await buildContract(document, { id: 'pets@1' });
const schema = createJudge(contract.document);

/** What a test says of an exchange; the rest is an ordinary answer to `GET /pets/1`. */
export interface Scene {
  readonly operation?: string;
  readonly method?: string;
  readonly status?: number;
  readonly headers?: readonly NameValue[];
  readonly body?: string;
  readonly truncated?: boolean;
  readonly error?: TransportError;
  readonly endMs?: number;
  readonly stalledMs?: number;
  readonly case?: Partial<Case>;
  readonly mutation?: Partial<Mutation>;
  readonly control?: { readonly status: number; readonly startedAt?: number };
  readonly promised?: boolean;
  readonly maxLatencyMs?: number;
  readonly stream?: Partial<StreamRecord>;
  readonly streamAsked?: boolean;
  readonly twin?: RelatedExchanges['twin'];
  readonly walk?: RelatedExchanges['walk'];
  readonly gone?: RelatedExchanges['gone'];
  readonly over?: NonNullable<CheckContext['related']['over']>;
  readonly request?: Partial<SentRequest>;
}

const json: readonly NameValue[] = [
  ['content-type', 'application/json'],
  ['x-rate', '1'],
];

/** The context of a scene, made with the real contract, schemas and views. */
export function contextOf(scene: Scene): CheckContext {
  const operation = contract.operations.find(({ id }) => id === (scene.operation ?? 'getPet'));
  if (operation === undefined) throw new Error(`no operation ${scene.operation}`);
  const exchange = exchangeOf(scene);
  const response = responseView(exchange, operation);
  const control = scene.control === undefined ? undefined : exchangeOf({ status: scene.control.status }, scene.control.startedAt);
  return {
    contract,
    operation,
    exchange,
    request: requestView(exchange, operation),
    schema,
    reading: 'contract',
    promised: scene.promised ?? true,
    related: {
      ...(control === undefined
        ? {}
        : { control: { case: caseOf({ id: 'control' }), exchange: control, accepted: (scene.control?.status ?? 0) < 300 } }),
      ...(scene.twin === undefined ? {} : { twin: scene.twin }),
      ...(scene.walk === undefined ? {} : { walk: scene.walk }),
      ...(scene.gone === undefined ? {} : { gone: scene.gone }),
      ...(scene.over === undefined ? {} : { over: scene.over }),
    },
    ...(scene.case === undefined && scene.mutation === undefined
      ? {}
      : { case: caseOf(scene.case ?? { mode: 'invalid' }, scene.mutation) }),
    ...(response === undefined ? {} : { response }),
    ...(scene.maxLatencyMs === undefined ? {} : { maxLatencyMs: scene.maxLatencyMs }),
    ...(scene.streamAsked === undefined ? {} : { streamAsked: scene.streamAsked }),
  };
}

/** What the check says of the scene: `undefined` where it does not apply, else all that it yields. */
export function judged(check: Check, scene: Scene): CheckYield[] | undefined {
  const context = contextOf(scene);
  if (check.needs === 'response' && context.response === undefined) return undefined;
  if (check.operations?.includes(context.operation.id) === false) return undefined;
  return check.applies?.(context) === false ? undefined : [...check.run(context)];
}

function exchangeOf(scene: Scene, startedAt = 0): Exchange {
  const { body = '', status } = scene;
  return {
    id: 'x1',
    request: { method: scene.method ?? 'GET', url: 'http://127.0.0.1/pets/1', headers: [], ...scene.request },
    ...(status === undefined
      ? {}
      : {
          response: {
            status,
            headers: scene.headers ?? json,
            body: { size: Buffer.byteLength(body), text: body, ...(scene.truncated === undefined ? {} : { truncated: scene.truncated }) },
          },
        }),
    ...(scene.error === undefined ? {} : { error: scene.error }),
    ...(scene.stream === undefined ? {} : { stream: streamOf(scene.stream) }),
    timings: { startedAt, endMs: scene.endMs ?? 5, firstByteMs: 3, ...(scene.stalledMs !== undefined && { stalledMs: scene.stalledMs }) },
  };
}

function caseOf(partial: Partial<Case>, mutation?: Partial<Mutation>): Case {
  return {
    id: 'c1',
    operationId: 'getPet',
    phase: 'valid',
    mode: 'valid',
    request: { method: 'GET', path: '/pets/1', pathParameters: { petId: '1' }, query: [], headers: [] },
    slots: [],
    credentials: 'given',
    cells: [],
    recipe: {},
    classes: ['read'],
    ...partial,
    ...(mutation === undefined
      ? {}
      : { mutation: { keyword: 'type', in: 'body', instancePath: '/age', what: 'age is a string', ...mutation } }),
  };
}

function streamOf(partial: Partial<StreamRecord>): StreamRecord {
  return {
    count: 10,
    bytes: 900,
    digest: '',
    kept: [],
    end: 'closed',
    firstEventMs: 10,
    lastEventMs: 900,
    gaps: [],
    violations: [],
    ...partial,
  };
}
