import { expect, test } from 'vitest';
import type { ListPage } from '../model/index.ts';
import { judged } from '../../test/helpers/check-context.ts';
import { listWalk } from './list-walk.ts';

const page = (more: boolean | undefined, ...ids: string[]): ListPage => ({ ids, more });
const walked = (whole: readonly string[], ...pages: ListPage[]) => judged(listWalk, { status: 200, walk: { pages, whole } });

test('passes pages that give what one long page gives, also where another row was added before them', () => {
  expect(walked(['a', 'b', 'c'], page(true, 'a'), page(true, 'b'), page(false, 'c'))).toEqual([]);
  expect(walked(['new', 'a', 'b'], page(true, 'a'), page(false, 'b'))).toEqual([]);
  expect(walked(['a', 'b', 'c', 'd', 'e'], page(true, 'a'), page(true, 'b'))).toEqual([]);
});

test('fails a row that comes again', () => {
  expect(walked(['a', 'b'], page(true, 'a'), page(true, 'a'))).toMatchObject([{ rule: 'again', actual: 'a on two pages' }]);
});

test('fails an empty page after one that promised more, unless nothing was promised', () => {
  expect(walked(['a', 'b'], page(true, 'a'), page(true, 'b'), page(false))).toMatchObject([{ rule: 'more', at: 'page 3' }]);
  expect(walked(['a', 'b'], page(undefined, 'a'), page(undefined, 'b'), page(undefined))).toEqual([]);
});

test('fails another order, and an end that comes too early', () => {
  expect(walked(['a', 'b', 'c'], page(true, 'a'), page(true, 'c'), page(false, 'b'))).toMatchObject([{ rule: 'order' }]);
  expect(walked(['a', 'b', 'c'], page(true, 'a'), page(false, 'b'))).toMatchObject([{ rule: 'end' }]);
});

test('cannot decide on a list of one row, and says nothing where nothing was walked', () => {
  expect(walked(['a'], page(false, 'a'))).toMatchObject([{ inconclusive: 'situation-absent' }]);
  expect(judged(listWalk, { status: 200 })).toBeUndefined();
});
