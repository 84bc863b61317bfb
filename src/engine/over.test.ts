import { expect, test } from 'vitest';
import type { Exchange, Operation, Pack } from '../model/index.ts';
import { contextOf } from '../../test/helpers/check-context.ts';
import { overBy } from './over.ts';

const pack = {
  families: [{ name: 'pet', get: 'getPet', cancel: 'freePet', cancellable: { at: '/state', values: ['caged', 'freed'] } }],
} as unknown as Pack;
const { operation } = contextOf({ status: 200 });

function over(
  state: unknown,
  options: { readonly cancelled?: string; readonly status?: number; readonly reading?: Operation } = {},
): unknown {
  const { exchange } = contextOf({ status: options.status ?? 200, body: JSON.stringify({ state }) }) as { exchange: Exchange };
  const planned = { operationId: options.cancelled ?? 'freePet' } as never;
  return overBy(pack, planned, exchange, options.reading ?? operation);
}

test('says the state of what was over before it could be cancelled', () => {
  expect(over('gone')).toEqual({ operationId: 'getPet', state: '"gone"' });
});

test.each([
  ['could be cancelled', over('caged')],
  ['was cancelled by the refused request all the same', over('freed')],
  ['has no state', over(undefined)],
  ['has a state that is no text', over(7)],
  ['could not be read', over('gone', { status: 404 })],
  ['is cancelled by another operation', over('gone', { cancelled: 'sellPet' })],
  ['was asked for by another operation', over('gone', { reading: { ...operation, id: 'listPets' } })],
])('says nothing of what %s', (_, said) => {
  expect(said).toBeUndefined();
});
