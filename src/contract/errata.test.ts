import { expect, test } from 'vitest';
import { createJudge } from '../schema/index.ts';
import { buildContract, createErratumFinder, parseOverlay } from './index.ts';

const document = {
  openapi: '3.0.3',
  info: { title: 'Pets', version: '1' },
  paths: {},
  components: {
    schemas: {
      Home: { type: 'object', properties: { street: { type: 'string' } } },
      Pet: {
        type: 'object',
        required: ['id', 'name', 'age'],
        properties: {
          id: { type: 'integer' },
          name: { type: 'string' },
          age: { type: 'integer' },
          home: { $ref: '#/components/schemas/Home' },
        },
      },
    },
  },
};

const overlay = parseOverlay(
  JSON.stringify({
    overlay: '1.0.0',
    info: { title: 'repairs', version: '1' },
    actions: [
      { 'x-id': 'name-absent', 'x-kind': 'wrong', target: "$.components.schemas.Pet.required[?@=='name']", remove: true },
      { 'x-id': 'age-absent', 'x-kind': 'wrong', target: "$.components.schemas.Pet.required[?@=='age']", remove: true },
      { 'x-id': 'age-null', 'x-kind': 'wrong', target: '$.components.schemas.Pet.properties.age', update: { nullable: true } },
      { 'x-id': 'home-null', 'x-kind': 'wrong', target: '$.components.schemas.Pet.properties.home', update: { nullable: true } },
      { 'x-id': 'a-rule', 'x-kind': 'rule', target: '$.components.schemas.Pet.properties.id', update: { minimum: 1 } },
    ],
  }),
  'repairs.json',
);

test.each([
  ['a member that may be absent, though others of its list may too', { id: 1, age: 2 }, ['name-absent']],
  ['two of them', { id: 1 }, ['name-absent', 'age-absent']],
  ['a null', { id: 1, name: 'a', age: null }, ['age-null']],
  ['a null in place of what a reference names', { id: 1, name: 'a', age: 1, home: null }, ['home-null']],
  ['nothing where no erratum frees it', { id: 'x', name: 'a', age: 1 }, [undefined]],
])('names the erratum of %s', async (_title, pet, expected) => {
  const [letter, contract] = await Promise.all([
    buildContract(document, { overlays: [overlay], reading: 'letter' }),
    buildContract(document, { overlays: [overlay] }),
  ]);
  const find = createErratumFinder(letter.document, contract.overlays);
  const errors = createJudge(letter.document).explain('/components/schemas/Pet', pet);
  expect(errors.map((error) => find(error)?.id)).toEqual(expected);
});
