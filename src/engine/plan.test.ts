import { describe, expect, test } from 'vitest';

import type { Case, Mutation, Operation, OperationClass } from '../model/index.ts';
import { makePlan } from './plan.ts';

function operation(id: string): Operation {
  return {
    id,
    path: `/${id}`,
    tags: [],
    method: 'GET',
    fixedQuery: [],
    deprecated: false,
    parameters: [],
    responses: [],
    security: [],
    pointer: '',
  };
}

function planned(id: string, operationId: string, keyword?: string): Case {
  const mutation: Mutation | undefined = keyword === undefined ? undefined : { keyword, in: 'body', instancePath: '', what: '' };
  return {
    id,
    operationId,
    phase: mutation ? 'invalid' : 'valid',
    mode: mutation ? 'invalid' : 'valid',
    request: { method: 'GET', path: '/', pathParameters: {}, query: [], headers: [] },
    slots: [],
    credentials: 'given',
    cells: [],
    recipe: {},
    classes: [],
    ...(mutation && { mutation }),
  };
}

const cases = [
  planned('00000001', 'a'),
  planned('00000002', 'a'),
  planned('00000003', 'a', 'type'),
  planned('00000004', 'a', 'type'),
  planned('00000005', 'a', 'enum'),
  planned('00000006', 'b'),
  planned('00000007', 'b', 'type'),
];
const classes: Readonly<Record<string, readonly OperationClass[]>> = { a: ['create', 'costly'], b: ['read'] };
const input = {
  operations: [operation('a'), operation('b')],
  phases: ['valid', 'invalid'] as const,
  source: { cases: (of: Operation, phase: string) => cases.filter((one) => one.operationId === of.id && one.phase === phase) },
  classesOf: (of: Operation) => classes[of.id] ?? [],
  allow: new Set<OperationClass>(['costly']),
};

describe('makePlan', () => {
  test('goes from the widest to the deepest, cheap operations first in each round', () => {
    expect(makePlan(input).cases.map((one) => one.id.at(-1))).toEqual(['6', '1', '7', '3', '5', '2', '4']);
  });

  test('leaves out what costs unless that is allowed, by name', () => {
    const plan = makePlan({ ...input, allow: new Set() });
    expect(plan.cases.map((one) => one.operationId)).toEqual(['b', 'b']);
    expect(plan.skipped).toEqual([{ operationId: 'a', why: 'needs --allow costly' }]);
  });

  test('splits into shards that are disjoint and complete', () => {
    const shards = [1, 2, 3].map((index) => makePlan({ ...input, shard: { index, count: 3 } }).cases.map((one) => one.id));
    expect(shards.flat().toSorted()).toEqual(cases.map((one) => one.id));
    expect(shards.every((shard) => shard.length > 0)).toBe(true);
  });
});
