import { expect, test } from 'vitest';
import type { Outcome } from '../model/index.ts';
import { judgedEvents } from './judged-events.ts';

const base = { caseId: 'c1', exchangeId: 'c1.2', operationId: 'listTeas', violations: [] };
const pass = (checkId: string): Outcome => ({ ...base, checkId, status: 'pass' });
const fail: Outcome = { ...base, checkId: 'b', status: 'fail', violations: [{ expected: 'tea', actual: 'coffee', at: 'body' }] };

test('says in one event what passed, and in one of its own what did not', () => {
  const judged = [pass('a'), fail, pass('c')].map((outcome) => ({ outcome, fingerprints: outcome === fail ? ['f1'] : [] }));
  expect(judgedEvents(judged, { again: ({ checkId }) => `curl ${checkId}` })).toEqual([
    { type: 'passed', caseId: 'c1', exchangeId: 'c1.2', operationId: 'listTeas', checkIds: ['a', 'c'] },
    { type: 'outcome', outcome: fail, fingerprints: ['f1'], curl: 'curl b' },
  ]);
});

test('says nothing where nothing was judged', () => {
  expect(judgedEvents([])).toEqual([]);
});
