import { expect, test } from 'vitest';
import type { Exchange, MediaType, NameValue, Operation, ReceivedResponse } from '../model/index.ts';
import { bodyOf } from './body.ts';
import { requestView, responseView } from './views.ts';

const media = (mediaType: string): MediaType => ({ mediaType, encoding: new Map(), pointer: '' });
const operation: Operation = {
  id: 'o',
  method: 'POST',
  path: '/',
  fixedQuery: [],
  tags: [],
  deprecated: false,
  parameters: [],
  responses: [
    {
      status: '200',
      headers: [],
      content: [media('application/json; v=1'), media('application/json; v=2'), media('image/*')],
      pointer: '/200',
    },
    { status: '4xx', headers: [], content: [media('application/json')], pointer: '/4XX' },
    { status: 'default', headers: [], content: [], pointer: '/default' },
  ],
  security: [],
  pointer: '',
};

function exchangeOf(response: Partial<ReceivedResponse>, headers: readonly NameValue[] = [], body?: Uint8Array): Exchange {
  return {
    id: 'x',
    request: { method: 'POST', url: 'http://h/p?a=1&a=+%2B&b', headers, ...(body === undefined ? {} : { body: bodyOf(body) }) },
    response: { status: 200, headers: [], body: bodyOf(new Uint8Array()), ...response },
    timings: { startedAt: 0, endMs: 1 },
  };
}

test.each([
  [200, '/200'],
  [404, '/4XX'],
  [500, '/default'],
])('status %i is declared at %s', (status, pointer) => {
  expect(responseView(exchangeOf({ status }), operation)?.declared?.pointer).toBe(pointer);
});

test.each([
  ['Application/JSON; charset=utf-8; V="2"', 'application/json; v=2'],
  ['application/json', 'application/json; v=1'],
  ['application/json; v=3', undefined],
  ['image/png', 'image/*'],
  ['text/html', undefined],
  ['nonsense', undefined],
])('content-type %s fits %s', (contentType, expected) => {
  expect(responseView(exchangeOf({ headers: [['Content-Type', contentType]] }), operation)?.declaredMedia?.mediaType).toBe(expected);
});

test('parses JSON once, joins headers, names what is wrong', () => {
  const good = responseView(
    exchangeOf({
      headers: [
        ['A', '1'],
        ['a', '2'],
      ],
      body: bodyOf(Buffer.from('\uFEFF{"__proto__":1}')),
    }),
    operation,
  );
  expect(good?.json).toBe(good?.json);
  expect(Object.keys(good?.json as object)).toEqual(['__proto__']);
  expect(good?.header('a')).toBe('1, 2');
  const problems = [Buffer.from(''), Buffer.from('{'), Buffer.from([0xff]), Buffer.from('['.repeat(100))].map(
    (bytes) => responseView(exchangeOf({ body: bodyOf(bytes) }), operation)?.parseError,
  );
  expect(problems).toEqual([
    'the body is empty',
    expect.stringContaining('JSON'),
    'the body is not valid UTF-8',
    'nested deeper than 64 (limit nesting)',
  ]);
});

test('reads a body in the charset of its content-type', () => {
  const view = responseView(
    exchangeOf({ headers: [['content-type', 'application/json; charset=iso-8859-1']], body: bodyOf(Buffer.from('"é"', 'latin1')) }),
    operation,
  );
  expect(view?.json).toBe('é');
});

test('reads query and forms as a server would', () => {
  const view = requestView(exchangeOf({}, [['Content-Type', 'application/x-www-form-urlencoded']], Buffer.from('a%5B%5D=1&b=2&c=3&c=4')));
  expect(view.query).toEqual([
    ['a', '1'],
    ['a', ' +'],
    ['b', ''],
  ]);
  expect(view.body).toEqual({ a: ['1'], b: '2', c: ['3', '4'] });
});

test.each([
  ['application/json', { known: 1 }],
  ['application/json; charset=utf-16', undefined],
  ['text/plain', undefined],
])('a value that was just written as %s is the body only where a server would read it so', (contentType, body) => {
  const exchange = exchangeOf({}, [['content-type', contentType]], Buffer.from('{"known":1}'));
  expect(requestView(exchange, operation, { known: 1 }).body).toEqual(body);
});
