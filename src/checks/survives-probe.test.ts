import { expect, test } from 'vitest';
import { judged } from '../../test/helpers/check-context.ts';
import { survivesProbe } from './survives-probe.ts';

const probe = { mode: 'probe' as const, probe: 'bom' };

test.each([200, 400, 501])('notes an answer of %i', (status) => {
  expect(judged(survivesProbe, { case: probe, status })).toEqual([
    {
      expected: 'any answer',
      actual: `${status} application/json (no body)`,
      at: 'status',
      rule: 'bom',
      level: 'MAY',
      actualType: String(status),
    },
  ]);
});

test('fails a server error', () => {
  expect(judged(survivesProbe, { case: probe, status: 500 })).toMatchObject([
    { expected: 'a status below 500', rule: 'bom', actualType: '500' },
  ]);
});

test('fails no answer', () => {
  expect(judged(survivesProbe, { case: probe, error: { kind: 'reset', sent: true, message: 'gone' } })).toEqual([
    { expected: 'an answer', actual: 'reset: gone', at: 'response', rule: 'bom', actualType: 'reset' },
  ]);
});

test('fails a server that answers nothing properly afterwards', () => {
  expect(judged(survivesProbe, { case: probe, status: 400, control: { status: 500, startedAt: 10 } })).toMatchObject([
    { expected: 'the next request to be answered as before', actual: 'status 500', actualType: 'deaf' },
  ]);
});

test('says nothing of other cases, nor of a request that never left', () => {
  expect(judged(survivesProbe, { case: { mode: 'valid' }, status: 500 })).toBeUndefined();
  expect(judged(survivesProbe, { case: probe, error: { kind: 'refused', sent: false, message: 'refused' } })).toBeUndefined();
});
