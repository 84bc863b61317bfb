import { describe, expect, test } from 'vitest';
import { defineCheck, must, should } from '../checks/define.ts';
import { genericChecks } from '../checks/index.ts';
import type { Check, CheckYield } from '../model/index.ts';
import { contextOf, type Scene } from '../../test/helpers/check-context.ts';
import { judgeExchange } from './judge.ts';

function saying(...yields: readonly CheckYield[]): Check {
  return defineCheck({
    id: 'a-check',
    requirement: must('schema', 'a rule'),
    needs: 'exchange',
    *run() {
      yield* yields;
    },
  });
}

const violation = { expected: 'a', actual: 'b', at: '/c', rule: 'a.rule' };
const judge = (check: Check, scene: Scene = { status: 200 }, options: Partial<Parameters<typeof judgeExchange>[1]> = {}) =>
  judgeExchange(contextOf(scene), { checks: [check], readings: [], ...options }).map(({ outcome }) => outcome);

test.each([
  ['pass', [], 'pass'],
  ['a violation of a MUST', [violation], 'fail'],
  ['one of a SHOULD', [{ ...violation, level: 'SHOULD' as const }], 'warn'],
  ['one of a MAY', [{ ...violation, level: 'MAY' as const }], 'note'],
  ['the worst of several', [{ ...violation, level: 'MAY' as const }, violation], 'fail'],
  ['what could not be decided', [{ inconclusive: 'budget' as const, detail: 'later' }], 'inconclusive'],
  ['what is not promised', [{ unsupported: 'not here' }], 'unsupported'],
  ['a violation beside something undecided', [{ inconclusive: 'budget' as const, detail: 'later' }, violation], 'fail'],
])('%s', (_, yields, status) => {
  expect(judge(saying(...yields))).toMatchObject([{ checkId: 'a-check', operationId: 'getPet', caseId: 'x1', status }]);
});

test('a check speaks of no other operations than it names', () => {
  expect(judge({ ...saying(), operations: ['getPet', 'listPets'] })).toMatchObject([{ checkId: 'a-check', status: 'pass' }]);
  expect(judge({ ...saying(), operations: ['listPets'] })).toEqual([]);
});

test('a check that throws is an error of ours, with its message', () => {
  const check = defineCheck({
    id: 'a-check',
    requirement: should('prose', 'a rule'),
    needs: 'exchange',
    // oxlint-disable-next-line require-yield
    *run() {
      throw new Error('no such thing');
    },
  });
  expect(judge(check)).toMatchObject([{ status: 'error', detail: 'The check a-check threw: no such thing' }]);
});

test('a request that never left is an error, not a failure, and no silence', () => {
  const error = { kind: 'refused' as const, sent: false, message: 'connect ECONNREFUSED' };
  const outcomes = judgeExchange(contextOf({ error, case: { mode: 'valid' } }), { checks: genericChecks, readings: [] });
  expect(outcomes.map(({ outcome }) => [outcome.checkId, outcome.status, outcome.detail])).toEqual([
    ['answers-every-request', 'error', 'The request could not be sent (refused): connect ECONNREFUSED'],
  ]);
});

describe('a broken answer that did not come again', () => {
  test('is a warning', () => {
    const error = { kind: 'reset' as const, sent: true, message: 'reset' };
    expect(judge(saying(violation), { error }, { flaky: true })).toMatchObject([{ status: 'warn' }]);
    expect(judge(saying(violation), { error })).toMatchObject([{ status: 'fail' }]);
  });
});

describe('a practice reading', () => {
  const excused = (excuse: { rule: string; operations?: readonly string[]; at?: string }) =>
    judge(
      saying(violation),
      { status: 200 },
      { readings: [{ name: 'house', hosts: [], excuses: [{ reason: 'it does so', ...excuse }] }] },
    )[0]?.status;

  test('turns what it excuses into a note, by check or by rule', () => {
    expect(excused({ rule: 'a-check' })).toBe('note');
    expect(excused({ rule: 'a.rule', operations: ['get*'], at: '/*' })).toBe('note');
  });

  test('excuses nothing else', () => {
    expect(excused({ rule: 'another.rule' })).toBe('fail');
    expect(excused({ rule: 'a.rule', operations: ['list*'] })).toBe('fail');
    expect(excused({ rule: 'a.rule', at: '/d' })).toBe('fail');
  });
});
