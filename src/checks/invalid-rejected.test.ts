import { expect, test } from 'vitest';
import type { Mutation } from '../model/index.ts';
import { judged } from '../../test/helpers/check-context.ts';
import { invalidRejected } from './invalid-rejected.ts';

const refusals: readonly (readonly [Partial<Mutation>, readonly number[]])[] = [
  [{ keyword: 'type' }, [400, 422]],
  [{ keyword: 'maxLength' }, [400, 422, 413]],
  [{ keyword: 'maxLength', in: 'query' }, [400, 422, 414, 431]],
  [{ keyword: 'enum', in: 'path' }, [400, 404, 422]],
  [{ keyword: 'syntax' }, [400, 422]],
  [{ keyword: 'media-type' }, [400, 415, 422]],
  [{ keyword: 'unknown-id' }, [404, 400]],
  [{ keyword: 'route' }, [400, 404, 405, 410, 501]],
];

test.each(refusals)('%o is proven refused by exactly its statuses', (mutation, statuses) => {
  const proving = [400, 401, 402, 403, 404, 405, 409, 410, 413, 414, 415, 422, 431, 501].filter(
    (status) => judged(invalidRejected, { mutation, status })?.length === 0,
  );
  expect(proving).toEqual(statuses.toSorted((left, right) => left - right));
});

test('fails a broken request that was accepted, at the place and level of its mutation', () => {
  const mutation = { keyword: 'pattern', level: 'SHOULD' as const, schemaPath: '/components/schemas/A/pattern' };
  expect(judged(invalidRejected, { mutation, status: 200, body: '{}' })).toEqual([
    {
      expected: '400 or 422, because age is a string',
      actual: '200 application/json {}',
      at: 'body /age',
      keyword: 'pattern',
      actualType: 'accepted',
      schemaPointer: '/components/schemas/A/pattern',
      level: 'SHOULD',
    },
  ]);
});

test('says with the answer that another refusal proves nothing', () => {
  expect(judged(invalidRejected, { mutation: {}, status: 404, body: 'gone' })).toEqual([
    {
      inconclusive: 'proves-nothing',
      detail: '400 or 422 would prove the refusal of age is a string; the answer was 404 application/json gone',
    },
  ]);
});

test('says nothing by a right status where the control is refused too', () => {
  const scene = { mutation: {}, case: { mode: 'invalid' as const, control: 'control' }, status: 400 };
  expect(judged(invalidRejected, { ...scene, control: { status: 200 } })).toEqual([]);
  expect(judged(invalidRejected, { ...scene, control: { status: 400 } })).toEqual([
    { inconclusive: 'control-refused', detail: 'its control control was not accepted: 400' },
  ]);
  expect(judged(invalidRejected, scene)).toEqual([{ inconclusive: 'control-refused', detail: 'its control control has no answer' }]);
});

test('takes the refusal of what a stand-in had to be given as no proof, its acceptance as a failure', () => {
  const scene = (status: number, holdsPlace: boolean) => ({
    mutation: {},
    case: { mode: 'invalid' as const, control: 'control', standIn: { refused: 'first', holdsPlace } },
    control: { status: 200 },
    status,
  });
  expect(judged(invalidRejected, scene(400, true))).toEqual([]);
  expect(judged(invalidRejected, scene(400, false))).toEqual([
    { inconclusive: 'control-refused', detail: 'its control first was refused too, and no smaller valid case holds the place' },
  ]);
  expect(judged(invalidRejected, scene(200, false))).toMatchObject([{ actualType: 'accepted' }]);
});

test('takes 404 as a proper refusal of what is not promised, 429 as no answer', () => {
  expect(judged(invalidRejected, { mutation: {}, status: 404, promised: false })).toMatchObject([{ unsupported: expect.any(String) }]);
  expect(judged(invalidRejected, { mutation: {}, status: 429 })).toMatchObject([{ inconclusive: 'budget' }]);
});

test.each([
  ['server errors', { mutation: {}, status: 500 }],
  ['credentials', { mutation: { keyword: 'credentials' }, status: 200 }],
  ['methods', { mutation: { keyword: 'method' }, status: 200 }],
  ['valid cases', { case: { mode: 'valid' as const }, status: 200 }],
])('leaves %s to others', (_, scene) => {
  expect(judged(invalidRejected, scene)).toBeUndefined();
});
