import { expect, test } from 'vitest';
import type { StreamEvent, StreamGrammar } from '../model/index.ts';
import { judgeStream } from './judge.ts';
import { rulesOf } from './rules.ts';

/** A socket on which each question that we send gets one answer that repeats its number. */
const questions: StreamGrammar = {
  id: 'quiz',
  operations: [],
  framing: { type: { from: 'payload', path: 'type', rule: 'quiz.type' }, eventLine: 'none' },
  request: {},
  recognise: { has: 'type' },
  unknownEvent: 'quiz.unknown',
  events: {
    'out:ask': { inside: [{ entity: 'question', key: 'number', action: 'open' }] },
    answer: {
      required: { number: 'integer' },
      inside: [{ entity: 'question', key: 'number', action: 'close', object: '' }],
    },
  },
  entities: {
    question: { order: 'quiz.order', unknown: 'quiz.unasked', after: 'quiz.twice', unclosed: 'quiz.silent' },
  },
  endSettles: ['question'],
  rules: rulesOf(`
quiz.type | MUST | prose | A message has a type | Players tell them apart by it
quiz.unknown | SHOULD | prose | Only answers | Players skip others
quiz.order | MUST | prose | Questions count from 0 | Ours
quiz.unasked | MUST | prose | An answer has its question | Players would count it
quiz.twice | MUST | prose | One answer for each question | Players would count it
quiz.silent | MUST | prose | Every question has an answer | Players wait
`),
};

type Message = readonly ['in' | 'out', object];

function broken(messages: readonly Message[]): readonly string[] {
  const judge = judgeStream(questions);
  const events = messages.map(([direction, data], index): StreamEvent => ({
    index,
    direction,
    at: 0,
    data: JSON.stringify(data),
    fields: [],
    end: 'blank-line',
    offset: 0,
  }));
  return [...events.flatMap((event) => judge.push(event)), ...judge.end('closed')].map(
    (violation) => `${violation.eventIndex} ${violation.rule}`,
  );
}

const ask = (number: number): Message => ['out', { type: 'ask', number }];
const answer = (number: number): Message => ['in', { type: 'answer', number }];

test('judges the messages of a socket, both ways, with the same engine', () => {
  expect(broken([ask(0), answer(0), ask(1), ['out', { type: 'ping' }], answer(1)])).toEqual([]);
  expect(broken([ask(0), answer(0), answer(0)])).toEqual(['2 quiz.twice']);
  expect(broken([ask(0), answer(3)])).toEqual(['1 quiz.unasked']);
  expect(broken([ask(0), ask(1), answer(0)])).toEqual(['3 quiz.silent']);
  expect(broken([ask(0), answer(0), ['in', { type: 'chat' }], ['in', { number: 1 }]])).toEqual(['2 quiz.unknown', '3 quiz.type']);
});
