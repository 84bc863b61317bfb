import { expect, test } from 'vitest';
import type { Method, Operation } from '../model/index.ts';
import { matchOperation } from './route.ts';

function operation(method: Method, path: string, fixedQuery: Operation['fixedQuery'] = []): Operation {
  const id = `${method} ${path}${fixedQuery.map(([name, value]) => `?${name}=${value}`).join('')}`;
  return { id, method, path, fixedQuery, tags: [], deprecated: false, parameters: [], responses: [], security: [], pointer: '' };
}

const operations = [
  operation('GET', '/pets/{petId}'),
  operation('GET', '/pets/mine'),
  operation('DELETE', '/pets/{petId}'),
  operation('GET', '/shops/{shopId}/pets/{petId}'),
  operation('GET', '/pets/{petId}.{format}'),
  operation('POST', '/pets'),
  operation('POST', '/pets', [['beta', 'true']]),
  operation('GET', '/'),
];

function name(method: string, target: string, basePath?: string): unknown {
  const route = matchOperation(operations, method, target, basePath);
  if (route.kind === 'operation') return [route.operation.id, route.pathParameters, route.prefix];
  return route.kind === 'method' ? route.methods : route.kind;
}

test.each([
  ['GET', '/pets/7', undefined, ['GET /pets/{petId}', { petId: '7' }, '']],
  ['GET', '/pets/a%2Fb%zz', undefined, ['GET /pets/{petId}', { petId: 'a%2Fb%zz' }, '']],
  ['GET', '/pets/a%2Fb', undefined, ['GET /pets/{petId}', { petId: 'a/b' }, '']],
  ['GET', '/pets/7.json', undefined, ['GET /pets/{petId}.{format}', { petId: '7', format: 'json' }, '']],
  ['GET', '/pets/mine', undefined, ['GET /pets/mine', {}, '']],
  ['DELETE', '/pets/mine', undefined, ['GET']],
  ['GET', '/api/v1/shops/1/pets/2?x=1', undefined, ['GET /shops/{shopId}/pets/{petId}', { shopId: '1', petId: '2' }, '/api/v1']],
  ['POST', '/pets?beta=true', undefined, ['POST /pets?beta=true', {}, '']],
  ['POST', '/pets?beta=no', undefined, ['POST /pets', {}, '']],
  ['PUT', '/v1/pets/7', undefined, ['GET', 'DELETE']],
  ['GET', '/v1/cats', undefined, 'unknown'],
  ['GET', '/v1/zoos/3/pets/7', undefined, 'unknown'],
  ['GET', '/zoos/3/pets/7', undefined, ['GET /pets/{petId}', { petId: '7' }, '/zoos/3']],
  ['GET', '/router/v2/acme/v1/pets/7', undefined, ['GET /pets/{petId}', { petId: '7' }, '/router/v2/acme/v1']],
  ['GET', '/gate/v1beta/pets/7', undefined, ['GET /pets/{petId}', { petId: '7' }, '/gate/v1beta']],
  ['GET', '/v1/pets/7', '/v1/', ['GET /pets/{petId}', { petId: '7' }, '/v1']],
  ['GET', '/v2/pets/7', '/v1', 'unknown'],
  ['GET', '/v1x/pets/7', '/v1', 'unknown'],
  ['GET', '/', '', ['GET /', {}, '']],
])('%s %s (base %s)', (method, target, basePath, expected) => {
  expect(name(method, target, basePath)).toEqual(expected);
});
