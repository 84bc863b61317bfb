import { expect, test } from 'vitest';
import type { Case, Exchange, Phase } from '../model/index.ts';
import { Controls } from './controls.ts';

function caseOf(id: string, operationId: string, phase: Phase): Case {
  return {
    id,
    operationId,
    phase,
    mode: 'valid',
    request: { method: 'POST', path: '/teas', pathParameters: {}, query: [], headers: [] },
    slots: [],
    credentials: 'given',
    cells: [],
    recipe: {},
    classes: [],
  };
}

const answered = (planned: Case): Exchange => ({
  id: planned.id,
  request: { method: 'POST', url: 'http://h/teas', headers: [] },
  timings: { startedAt: 0, endMs: 1 },
});

test('sends each shared control again in the end, and of the drawn ones of an operation the last', async () => {
  const planned = [
    caseOf('shared-1', 'createTea', 'valid'),
    caseOf('shared-2', 'createTea', 'coverage'),
    caseOf('drawn-1', 'createTea', 'property'),
    caseOf('drawn-2', 'createTea', 'property'),
    caseOf('drawn-3', 'brew', 'property'),
    caseOf('without-mutant', 'brew', 'valid'),
  ];
  const again: string[] = [];
  const controls = new Controls({
    byId: (id) => planned.find((one) => one.id === id),
    accepted: () => true,
    send: async (control, isAgain) => {
      if (isAgain) again.push(control.id);
      return answered(control);
    },
  });
  for (const { id } of planned) {
    expect(await controls.accepted(id)).toEqual({ accepted: true });
    if (id !== 'without-mutant') expect(await controls.afterMutant(id, true)).toBe(false);
  }
  await controls.finish(() => true, 2);
  expect(again.toSorted()).toEqual(['drawn-2', 'drawn-3', 'shared-1', 'shared-2']);
  await controls.finish(() => true, 2);
  expect(again.length).toBe(4);
});
