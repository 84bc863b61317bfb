import type { Contract } from 'assay/pack';
import { describe, expect, test } from 'vitest';
import { createState, errorReply, listOf, pageOf } from './state.ts';

const rows = ['a', 'b', 'c', 'd', 'e'].map((id) => ({ id }));
const idsOf = (query: Parameters<typeof pageOf>[1]) => {
  const page = pageOf(rows, query);
  return [page.rows.map((row) => row.id).join(''), page.hasMore];
};

describe('a page', () => {
  test.each([
    ['is newest first', {}, 'edcba', false],
    ['is oldest first when asked', { order: 'asc' }, 'abcde', false],
    ['has no more rows than the limit, and says that there are more', { limit: 2 }, 'ed', true],
    ['begins behind the row that after names', { limit: 2, after: 'd' }, 'cb', true],
    ['ends above the row that before names', { limit: 2, before: 'a' }, 'cb', true],
    ['lies between both', { order: 'asc', after: 'a', before: 'e' }, 'bcd', false],
    ['is the last one without more', { limit: 2, order: 'asc', after: 'c' }, 'de', false],
    ['is empty behind the last row', { after: 'a' }, '', false],
    ['is empty behind a row that is gone', { after: 'x' }, '', false],
    ['is empty above a row that is gone', { before: 'x' }, '', false],
    ['takes null for the first page', { after: null, limit: 1 }, 'e', true],
    ['has no row for a limit of 0', { limit: 0 }, '', true],
  ] as const)('%s', (_, query, ids, hasMore) => {
    expect(idsOf(query)).toEqual([ids, hasMore]);
  });

  test('names its first and last row, or nobody', () => {
    expect(listOf(rows, { limit: 2 }).json).toMatchObject({ object: 'list', first_id: 'e', last_id: 'd', has_more: true });
    expect(listOf([], {}).json).toEqual({ object: 'list', data: [], first_id: '', last_id: '', has_more: false });
  });
});

describe('the state', () => {
  const make = (seed: number) => createState({} as Contract, { seed, now: () => 1_742_600_000_999 }, () => ({ status: 200 }));

  test('makes the same ids for the same seed, never one twice, with the prefix', () => {
    const ids = (seed: number) => {
      const state = make(seed);
      return [state.id('asst_'), state.id('asst_'), state.id('sk-', 40)];
    };
    expect(ids(1)).toEqual(ids(1));
    expect(new Set([...ids(1), ...ids(2)]).size).toBe(6);
    expect(ids(1).map((id) => id.length)).toEqual([29, 29, 43]);
  });

  test('counts whole seconds and keeps a changed row in its place', () => {
    const state = make(1);
    const table = state.table('things');
    for (const id of ['a', 'b', '__proto__']) table.put({ id });
    table.put({ id: 'a', name: 'new' });
    expect(state.now()).toBe(1_742_600_000);
    expect(state.table('things').all()).toEqual([{ id: 'a', name: 'new' }, { id: 'b' }, { id: '__proto__' }]);
    expect([table.remove('__proto__'), table.remove('constructor'), table.get('toString')]).toEqual([true, false, undefined]);
  });
});

test('an error has all four members, and a 401 says how to authenticate', () => {
  expect(errorReply(401, { message: 'Who?' })).toEqual({
    status: 401,
    json: { error: { message: 'Who?', type: 'invalid_request_error', param: null, code: null } },
    headers: [['www-authenticate', 'Bearer realm="reference"']],
  });
});
