import { expect, test } from 'vitest';
import { judged } from '../../test/helpers/check-context.ts';
import { streamRules } from './stream-rules.ts';

test('passes a stream in which the grammar found nothing', () => {
  expect(judged(streamRules, { status: 200, stream: {} })).toEqual([]);
});

test('tells each violation of the grammar with its rule, level and event', () => {
  const violations = [
    {
      rule: 'pets.order',
      level: 'SHOULD' as const,
      eventIndex: 3,
      message: 'late',
      expected: 'pet.done',
      actual: 'pet.delta',
      at: '/type',
    },
    { rule: 'pets.end', level: 'MUST' as const, eventIndex: 10, message: 'the last event is pet.done' },
  ];
  expect(judged(streamRules, { status: 200, stream: { violations } })).toEqual([
    {
      rule: 'pets.order',
      level: 'SHOULD',
      expected: 'pet.done',
      actual: 'pet.delta',
      at: 'event 3 /type',
      keyword: 'pets.order',
      eventIndex: 3,
    },
    {
      rule: 'pets.end',
      level: 'MUST',
      expected: 'the last event is pet.done',
      actual: 'its absence',
      at: 'event 10',
      keyword: 'pets.end',
      eventIndex: 10,
    },
  ]);
});

test('says nothing of other answers', () => {
  expect(judged(streamRules, { status: 200 })).toBeUndefined();
});
