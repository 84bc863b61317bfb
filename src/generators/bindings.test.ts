import { describe, expect, test } from 'vitest';
import type { Binding, Operation, PlannedRequest } from '../model/index.ts';
import { bindBody, boundIn, placesOf, slotsOf } from './bindings.ts';

const everything = ['*'];
const anyBody = () => true;

describe('bindBody', () => {
  test('puts the value of the first binding that fits, at every entry that a pattern names', () => {
    const bindings: Binding[] = [
      { operations: everything, in: 'body', at: '/items/*/id', values: ['i-1', 'i-2'] },
      { operations: everything, in: 'body', at: '/items/*/id', values: ['never'] },
    ];
    expect(bindBody(bindings, { items: [{ id: 'x' }, { id: 'y' }] }, undefined, anyBody)).toEqual({
      items: [{ id: 'i-1' }, { id: 'i-1' }],
    });
  });

  test('keeps what the case is about, but not a text where only a value of the run means anything', () => {
    const bindings: Binding[] = [
      { operations: everything, in: 'body', at: '/size', values: [7] },
      { operations: everything, in: 'body', at: '/owner', slot: 'user.id', values: ['user-1'] },
    ];
    expect(bindBody(bindings, { size: 1, owner: 'x' }, '/size', anyBody)).toEqual({ size: 1, owner: 'user-1' });
    expect(bindBody(bindings, { size: 1, owner: 'x' }, '/owner', anyBody)).toEqual({ size: 7, owner: 'user-1' });
    expect(bindBody(bindings, { size: 1, owner: null }, '/owner', anyBody)).toEqual({ size: 7, owner: null });
  });

  test('does nothing where the member beside has another value, or where the body would be invalid', () => {
    const bindings: Binding[] = [
      { operations: everything, in: 'body', at: '/file', where: { member: 'kind', values: ['image'] }, values: ['picture'] },
      { operations: everything, in: 'body', at: '/kind', values: ['unknown'] },
    ];
    expect(bindBody(bindings, { kind: 'text', file: 'x' }, undefined, (body) => !JSON.stringify(body).includes('unknown'))).toEqual({
      kind: 'text',
      file: 'x',
    });
  });

  test('leaves out a member unless the case is about it or about something in it', () => {
    const bindings: Binding[] = [{ operations: everything, in: 'body', at: '/stream', omit: true }];
    expect(bindBody(bindings, { stream: { a: 1 } }, undefined, anyBody)).toEqual({});
    expect(bindBody(bindings, { stream: { a: 1 } }, '/stream', anyBody)).toEqual({ stream: { a: 1 } });
    expect(bindBody(bindings, { stream: { a: 1 } }, '/stream/a', anyBody)).toEqual({ stream: { a: 1 } });
  });
});

test('placesOf names entries and members, own ones only', () => {
  const body = JSON.parse('{"a": {"__proto__": 1, "b": [1, 2]}}');
  expect(placesOf(body, '/a/*')).toEqual(['/a/__proto__', '/a/b']);
  expect(placesOf(body, '/a/b/*')).toEqual(['/a/b/0', '/a/b/1']);
  expect(placesOf(body, '/constructor/name')).toEqual([]);
});

test('slotsOf lists the places that hold the sample of a slot, in every part of the request', () => {
  const operation = { id: 'changeThing' } as Operation;
  const bindings: Binding[] = [
    { operations: ['change*'], in: 'path', at: '/thing_id', slot: 'thing.id', values: ['thing-1'], fresh: true },
    { operations: ['change*'], in: 'query', at: '/after', slot: 'thing.id' },
    { operations: ['change*'], in: 'body', at: '/owners/*', slot: 'user.id', values: ['user-1'] },
    { operations: ['other'], in: 'body', at: '/name', slot: 'name', values: ['n'] },
  ];
  const request: PlannedRequest = {
    method: 'POST',
    path: '/things/thing-1',
    pathParameters: { thing_id: 'thing-1' },
    query: [
      ['limit', '1'],
      ['after', 'thing_id_sample'],
    ],
    headers: [],
    body: { mediaType: 'application/json', json: { name: 'n', owners: ['someone', 'user-1'] } },
  };
  expect(slotsOf(boundIn(bindings, operation), request)).toEqual([
    { at: '/pathParameters/thing_id', from: 'thing.id', fresh: true },
    { at: '/query/1/1', from: 'thing.id' },
    { at: '/body/json/owners/1', from: 'user.id' },
  ]);
});
