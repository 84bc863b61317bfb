import { describe, expect, test } from 'vitest';

import type { Case } from '../model/index.ts';
import { differenceFrom, shrink } from './shrinker.ts';

function withBody(json: Readonly<Record<string, number>>): Case {
  return {
    id: JSON.stringify(json),
    operationId: 'makePet',
    phase: 'property',
    mode: 'valid',
    request: { method: 'POST', path: '/pets', pathParameters: {}, query: [], headers: [], body: { mediaType: 'application/json', json } },
    slots: [],
    credentials: 'given',
    cells: [],
    recipe: {},
    classes: [],
  };
}

function membersOf(planned: Case): Readonly<Record<string, number>> {
  return (planned.request.body as { json: Record<string, number> }).json;
}

function* withoutOneMember(planned: Case): Iterable<Case> {
  for (const name of Object.keys(membersOf(planned))) {
    yield withBody(Object.fromEntries(Object.entries(membersOf(planned)).filter(([other]) => other !== name)));
  }
}

describe('shrink', () => {
  test('keeps what the finding needs and nothing else, and sends no request twice', async () => {
    const sent: string[] = [];
    const { smallest, requests } = await shrink(withBody({ a: 1, b: 2, c: 3, d: 4 }), 'found', {
      candidates: withoutOneMember,
      mayStart: () => true,
      shows: (candidate) => {
        sent.push(candidate.id);
        const { b, d } = membersOf(candidate);
        return Promise.resolve(new Set(b === 2 && d === 4 ? ['found'] : ['another']));
      },
    });
    expect(membersOf(smallest)).toEqual({ b: 2, d: 4 });
    expect(requests).toBe(sent.length);
    expect(new Set(sent).size).toBe(sent.length);
  });

  test('spends no more than its 40 requests on one failure', async () => {
    const wide = withBody(Object.fromEntries(Array.from({ length: 60 }, (_, index) => [`m${index}`, index])));
    const { requests } = await shrink(wide, 'found', {
      candidates: withoutOneMember,
      mayStart: () => true,
      shows: () => Promise.resolve(new Set()),
    });
    expect(requests).toBe(40);
  });

  test('stops with the budget of the run', async () => {
    const { smallest, requests } = await shrink(withBody({ a: 1 }), 'found', {
      candidates: withoutOneMember,
      mayStart: () => false,
      shows: () => Promise.reject(new Error('nothing may be sent')),
    });
    expect([membersOf(smallest), requests]).toEqual([{ a: 1 }, 0]);
  });
});

test('differenceFrom names every place that differs from the control, null told from absent', () => {
  const control = withBody({ a: 1 }).request;
  const broken = { ...control, body: { mediaType: 'application/json', json: { a: 1, b: null } } };
  expect(differenceFrom(control, broken)).toEqual(['/body/json/b: null (control: nothing)']);
});

test('without a control the smallest request is shown itself', () => {
  const { request } = withBody({ a: 1 });
  expect(differenceFrom(undefined, { ...request, query: [['limit', '3']] })).toEqual([
    `${request.method} ${request.path}?limit=3 with {"a":1}`,
  ]);
  const { body: _, ...plain } = request;
  expect(differenceFrom(undefined, plain)).toEqual([`${request.method} ${request.path}`]);
  expect(differenceFrom(undefined, { ...request, path: `/${'x'.repeat(9000)}` })[0]).toHaveLength(300);
});
