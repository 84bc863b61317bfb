import { expect, test } from 'vitest';
import { contextOf } from '../../test/helpers/check-context.ts';
import { createSeenCollector } from './seen.ts';

const schema = '/paths/~1pets~1{petId}/get/responses/200/content/application~1json/schema';
const wild = '{"id":1,"tags":[],"home":{"kind":"wild","forest":"f"},"mood":"calm"}';

function collect(...bodies: readonly string[]) {
  const scenes = bodies.map((body) => contextOf({ status: 200, body }));
  const [first] = scenes;
  if (first === undefined) throw new Error('no body');
  const seen = createSeenCollector(first.contract, first.schema);
  return scenes.map(({ operation, response }) => seen(operation, response));
}

test('names the union branch that took a value, and the enum member that came, with how many are declared', () => {
  expect(collect(wild)).toEqual([
    {
      branches: [`${schema}/properties/home/anyOf/1`],
      enums: [[`${schema}/properties/mood`, 'calm']],
      declared: [
        [`${schema}/properties/home/anyOf`, 2],
        [`${schema}/properties/mood`, 3],
      ],
    },
  ]);
});

test('says only what is new', () => {
  expect(collect(wild, wild, '{"id":1,"tags":[],"mood":"cross"}').slice(1)).toEqual([
    undefined,
    { branches: [], enums: [[`${schema}/properties/mood`, 'cross']], declared: [] },
  ]);
});

test('says nothing of a value that is no member, of other media types, and of no JSON', () => {
  expect(collect('{"id":1,"tags":[],"mood":"hungry"}', 'no JSON')).toEqual([undefined, undefined]);
});
