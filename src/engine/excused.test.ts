import { describe, expect, test } from 'vitest';
import type { Excuse, StreamEvent, Violation } from '../model/index.ts';
import { contextOf } from '../../test/helpers/check-context.ts';
import { isExcused } from './excused.ts';

const violation: Violation = { expected: 'a', actual: 'b', at: 'event 1 /status', rule: 'a.rule', eventIndex: 1 };
const event = (index: number, data: string): StreamEvent => ({
  index,
  direction: 'in',
  at: 0,
  data,
  fields: [['data', data]],
  end: 'blank-line',
  offset: 0,
});
const kept = [event(0, '{"made":{"at":1730000000}}'), event(1, '{"kind":"picture","status":"busy"}')];
const streamed = {
  ...contextOf({ status: 200 }),
  exchange: {
    ...contextOf({ status: 200 }).exchange,
    stream: { count: 2, bytes: 1, digest: '', kept, end: 'closed' as const, gaps: [], violations: [] },
  },
};
const excused = (excuse: Partial<Excuse>, context = streamed, times: readonly string[] = ['/made/at']): boolean =>
  isExcused(violation, 'a-check', context, [{ name: 'house', hosts: [], times, excuses: [{ rule: 'a.rule', reason: 'so', ...excuse }] }]);

describe('an excuse of a practice reading', () => {
  test('holds for the events that it names', () => {
    expect(excused({ event: { at: 'kind', in: ['sound', 'picture'] } })).toBe(true);
    expect(excused({ event: { at: 'kind', in: ['sound'] } })).toBe(false);
    expect(excused({ event: { at: 'kind', has: true } })).toBe(true);
    expect(excused({ event: { at: 'kind', has: false } })).toBe(false);
  });

  test('holds for its days, as the answer tells its own', () => {
    expect(excused({ until: '2024-11-01' })).toBe(true);
    expect(excused({ until: '2024-10-01' })).toBe(false);
    expect(excused({ since: '2024-10-01' })).toBe(true);
    expect(excused({ since: '2024-11-01' })).toBe(false);
  });

  test('takes the date header where the answer tells no day, and holds where nothing does', () => {
    const dated = contextOf({ status: 200, headers: [['date', 'Tue, 14 Nov 2023 21:48:47 GMT']] });
    expect(excused({ until: '2023-12-01' }, dated as typeof streamed)).toBe(true);
    expect(excused({ until: '2023-11-01' }, dated as typeof streamed)).toBe(false);
    expect(excused({ until: '2023-11-01' }, contextOf({ status: 200 }) as typeof streamed)).toBe(true);
  });

  test('holds in recordings only, where it is one of recorders', () => {
    expect(excused({ recorded: true })).toBe(true);
    expect(excused({ recorded: true }, contextOf({ status: 200, case: { mode: 'valid' } }) as typeof streamed)).toBe(false);
  });

  test('holds for its media type', () => {
    const page = contextOf({ status: 400, headers: [['content-type', 'text/html; charset=UTF-8']] }) as typeof streamed;
    expect(excused({ mediaType: 'text/html' }, page)).toBe(true);
    expect(excused({ mediaType: 'text/plain' }, page)).toBe(false);
  });

  test('holds for its statuses', () => {
    expect(excused({ statuses: [200] })).toBe(true);
    expect(excused({ statuses: [502] })).toBe(false);
  });
});
