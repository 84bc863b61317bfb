import { describe, expect, test } from 'vitest';
import { found, type Told, undecided } from './traffic.ts';

const chunk = (delta: object, finish: string | null = null) => ({
  id: 'chatcmpl-1',
  object: 'chat.completion.chunk',
  created: 1735700000,
  model: 'gpt-4o-mini-2024-07-18',
  choices: [{ index: 0, delta, logprobs: null, finish_reason: finish }],
});
const stream = [chunk({ role: 'assistant', content: '' }), chunk({ content: 'Hi' }), chunk({}, 'stop'), '[DONE]'];
const asked = { model: 'gpt-4o-mini', messages: [{ role: 'user', content: 'Hello' }] };
const plain = {
  id: 'chatcmpl-1',
  object: 'chat.completion',
  created: 1735700000,
  model: 'gpt-4o-mini-2024-07-18',
  choices: [{ index: 0, message: { role: 'assistant', content: 'Hi', refusal: null }, logprobs: null, finish_reason: 'stop' }],
};
const told: Told = { path: '/chat/completions', asked, answer: plain };
const streamed: Told = { path: '/chat/completions', asked: { ...asked, stream: true }, answer: stream };
const { asked: _, ...unasked } = streamed;
const cut = { headers: { 'content-type': 'text/event-stream' }, answer: `data: ${JSON.stringify(stream[0])}\n\ndata: {"id":"chatcm` };

describe('what a recorder lost is no finding', () => {
  test.each([
    ['the request of a stream', unasked, ['not-recorded']],
    ['the headers of the request', { ...streamed, askedHeaders: null }, ['not-recorded']],
    ['the headers of the answer', { ...told, headers: null }, ['not-recorded']],
    ['all but chosen headers of the answer', { ...told, headers: { 'x-request-id': 'r' } }, ['not-recorded']],
    ['all but chosen headers of a stream', { ...streamed, headers: { 'x-request-id': 'r' } }, ['not-recorded']],
    ['the answer', { ...told, answer: undefined }, ['not-recorded', 'truncated']],
    ['the events', { ...streamed, headers: { 'content-type': 'text/event-stream' }, answer: undefined }, ['not-recorded', 'truncated']],
    ['the end of a stream', { ...streamed, ...cut, flags: ['response_truncated'] }, ['truncated']],
    ['the end of an answer', { ...told, answer: JSON.stringify(plain).slice(0, 80), flags: ['response_truncated'] }, ['truncated']],
  ] satisfies readonly (readonly [string, Told, readonly string[]])[])('%s', async (_title, lost, why) => {
    expect(await found(lost, 'service')).toEqual([]);
    expect(await found(lost, 'other')).toEqual([]);
    expect(await undecided(lost)).toEqual(why);
  });

  test('the coding that a header still names', async () => {
    const headers = { 'content-type': 'application/json', 'content-encoding': 'br', 'transfer-encoding': 'chunked' };
    expect(await found({ ...told, headers }, 'service')).toEqual([]);
  });

  test('the values of a request that was masked', async () => {
    expect(await found({ ...streamed, asked: 'Sanitized' }, 'service')).toEqual([]);
  });
});

describe('a stream with usage of which no chunk tells any', () => {
  const without = { ...streamed, asked: { ...asked, stream: true, stream_options: { include_usage: true } } };

  test('was asked otherwise where it is the service that answers', async () => {
    expect(await found(without, 'service')).toEqual([]);
    expect(await found(without, 'other')).toEqual(['MUST chat.usage-missing event * /usage']);
  });

  test('is a finding where chunks have the key', async () => {
    const answer = stream.map((one) => (typeof one === 'string' ? one : { ...one, usage: null }));
    expect(await found({ ...without, answer }, 'service')).toEqual(['MUST chat.usage-missing event *']);
  });
});

test('an answer of today that lacks its refusal is a finding, one of 2023 is not', async () => {
  const lacking = {
    ...plain,
    choices: [{ index: 0, message: { role: 'assistant', content: 'Hi' }, logprobs: null, finish_reason: 'stop' }],
  };
  expect(await found({ ...told, answer: lacking }, 'service')).toEqual(['SHOULD refusal /choices/*/message/refusal']);
  expect(await found({ ...told, answer: { ...lacking, created: 1690000000 } }, 'service')).toEqual([]);
  expect(await found({ ...told, answer: { ...lacking, created: 1690000000 } }, 'other')).toEqual([
    'SHOULD refusal /choices/*/message/refusal',
  ]);
});
