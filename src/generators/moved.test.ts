import { expect, test } from 'vitest';
import { movedTo } from './moved.ts';

const answer = { role: 'tool', id: 'x' };
const call = { role: 'assistant', calls: ['x'] };

test.each([
  ['a place that nothing moved', { list: [answer] }, { list: [answer, call] }, '/list/0/id', '/list/0/id'],
  ['an entry that something was put before', { list: [answer] }, { list: [call, answer] }, '/list/0/id', '/list/1/id'],
  ['the entry itself', { list: [call, answer] }, { list: [call, call, answer] }, '/list/1', '/list/2'],
  ['an entry that was changed as well', { list: [answer] }, { list: [call, { ...answer, id: 'y' }] }, '/list/0/id', '/list/0/id'],
  ['a member that is not there', { list: [answer] }, { list: [call, answer] }, '/list/0/none', '/list/1/none'],
  ['a list inside a list', [[answer]], [[call, answer]], '/0/0/role', '/0/1/role'],
  ['the whole', [answer], [call, answer], '', ''],
  ['what has no such place', 'text', [call], '/0/id', '/0/id'],
])('finds %s', (_, before, after, at, expected) => {
  expect(movedTo(before, after, at)).toBe(expected);
});
