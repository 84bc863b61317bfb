import { expect, test } from 'vitest';
import { judged } from '../../test/helpers/check-context.ts';
import { deletedIsGone } from './deleted-is-gone.ts';

const scene = (status: number) => ({ status: 200, gone: { operationId: 'getPet', status } });

test('passes where the resource is not found any more', () => {
  expect(judged(deletedIsGone, scene(404))).toEqual([]);
});

test('warns where it can still be retrieved', () => {
  expect(judged(deletedIsGone, scene(200))).toEqual([{ expected: '404 from getPet', actual: '200', at: 'status', actualType: '200' }]);
});

test('says nothing where nobody asked', () => {
  expect(judged(deletedIsGone, { status: 200 })).toBeUndefined();
});
