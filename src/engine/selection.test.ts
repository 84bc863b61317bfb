import { describe, expect, test } from 'vitest';

import type { Contract, Operation } from '../model/index.ts';
import { UsageError } from './options.ts';
import { matcher, nearest, select } from './selection.ts';

function operation(id: string, path: string, tag: string): Operation {
  return {
    id,
    path,
    tags: [tag],
    method: 'GET',
    fixedQuery: [],
    deprecated: false,
    parameters: [],
    responses: [],
    security: [],
    pointer: '',
  };
}
const operations = [
  operation('listPets', '/pets', 'Pets'),
  operation('getPet', '/pets/{id}', 'Pets'),
  operation('listOwners', '/owners', 'Owners'),
];
// Selection reads the operations and nothing else of a contract.
const contract = { operations } as unknown as Contract;
const ids = (only: string[], skip: string[] = []) => select(contract, ['body-valid'], only, skip).operations.map((one) => one.id);

describe('select', () => {
  test.each<[string[], string[], string[]]>([
    [[], [], ['listPets', 'getPet', 'listOwners']],
    [['list*'], [], ['listPets', 'listOwners']],
    [['tag:Pets'], ['getPet'], ['listPets']],
    [['path:/pets/*'], [], ['getPet']],
    [['check:body-valid'], [], ['listPets', 'getPet', 'listOwners']],
  ])('--only %j --skip %j', (only, skip, expected) => {
    expect(ids(only, skip)).toEqual(expected);
  });

  test('names the operations that it leaves out and why', () => {
    expect(select(contract, [], ['getPet'], []).skipped).toEqual([
      { operationId: 'listPets', why: '--only' },
      { operationId: 'listOwners', why: '--only' },
    ]);
  });

  test.each([
    ['lstPets', 'listPets'],
    ['tag:Pest', 'tag:Pets'],
    ['check:body-vlid', 'check:body-valid'],
  ])('refuses %s and offers %s', (pattern, near) => {
    expect(() => ids([pattern])).toThrow(UsageError);
    expect(() => ids([pattern])).toThrow(`Did you mean "${near}"?`);
  });
});

test('matcher takes everything but * and ? literally', () => {
  expect(['a.b', 'axb', 'a.bc'].filter(matcher('a.b'))).toEqual(['a.b']);
  expect(['(a)', 'ab', 'abc'].filter(matcher('a?'))).toEqual(['ab']);
});

test('nearest offers nothing when nothing is near', () => {
  expect(nearest('zzzzzz', ['listPets'])).toBeUndefined();
});
