import { describe, expect, test } from 'vitest';
import { coverPairs, type Row } from './covering.ts';

const factors = Array.from({ length: 12 }, (_, index) => `f${index}`);

function pairsIn(rows: readonly Row[], names: readonly string[]): Set<string> {
  const found = new Set<string>();
  for (const row of rows) {
    for (const [index, left] of names.entries()) {
      for (const right of names.slice(index + 1)) found.add(`${left}=${row.includes(left)} ${right}=${row.includes(right)}`);
    }
  }
  return found;
}

describe('coverPairs', () => {
  test('lets every two factors meet in all four ways, in few rows', () => {
    const { rows, impossible } = coverPairs(factors, (row) => ({ row }));

    expect(impossible).toEqual([]);
    expect(pairsIn(rows, factors).size).toBe(((12 * 11) / 2) * 4);
    expect(rows.length).toBeLessThanOrEqual(10);
  });

  test('tells the pairs that no row can hold, and covers the others', () => {
    const { rows, impossible } = coverPairs(['a', 'b', 'c'], (row) => {
      return row.includes('a') && row.includes('b') ? { problem: 'a and b never meet' } : { row };
    });

    expect(impossible).toEqual([{ pair: 'a and b', reason: 'a and b never meet' }]);
    expect(pairsIn(rows, ['a', 'b', 'c']).size).toBe(11);
  });

  test('counts what a row turns out to be, where a factor brings another with it', () => {
    const { impossible } = coverPairs(['a', 'b'], (row) => ({ row: row.includes('a') ? ['a', 'b'] : row }));

    expect(impossible).toEqual([{ pair: 'a without b', reason: 'what is sent then has a, b' }]);
  });
});
