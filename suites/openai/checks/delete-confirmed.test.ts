import { expect, test } from 'vitest';
import { deleteConfirmed } from './delete-confirmed.ts';
import { judged } from './scene.ts';

test('passes an answer with the id that was deleted', () => {
  expect(
    judged(deleteConfirmed, {
      operation: 'deleteFile',
      method: 'DELETE',
      path: '/files/{file_id}',
      url: 'http://127.0.0.1/files/file-1',
      answer: { id: 'file-1', object: 'file', deleted: true },
    }),
  ).toEqual([]);
});

test('reads an id that is percent-encoded', () => {
  expect(
    judged(deleteConfirmed, {
      operation: 'deleteModel',
      method: 'DELETE',
      path: '/models/{model}',
      url: 'http://127.0.0.1/models/ft%3Aa%3Ab',
      answer: { id: 'ft:a:b', object: 'model', deleted: true },
    }),
  ).toEqual([]);
});

test('fails another id, and a deletion that is not said', () => {
  expect(
    judged(deleteConfirmed, {
      operation: 'deleteFile',
      method: 'DELETE',
      path: '/files/{file_id}',
      url: 'http://127.0.0.1/files/file-1',
      answer: { id: 'file-2', object: 'file', deleted: false },
    }),
  ).toEqual([
    { expected: 'true', actual: 'false', at: '/deleted', rule: 'deleted' },
    { expected: '"file-1"', actual: '"file-2"', at: '/id', rule: 'id' },
  ]);
});

test('leaves a delete without a body to others', () => {
  expect(judged(deleteConfirmed, { operation: 'deleteFile', method: 'DELETE', path: '/files/{file_id}' })).toBeUndefined();
});
