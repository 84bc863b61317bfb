import { expect, test } from 'vitest';
import { found, type Told } from './traffic.ts';

const times = { started_at: 1699998568, expires_at: 1699999168, cancelled_at: null, failed_at: null, completed_at: null };
const ids = { assistant_id: 'asst_1', thread_id: 'thread_1' };
const run = { id: 'run_1', object: 'thread.run', created_at: 1699998568, ...ids, status: 'in_progress', ...times, last_error: null };
const firstRun = { ...run, model: 'gpt-4', instructions: null, tools: [], file_ids: [], metadata: {} };
const step = {
  id: 'step_1',
  object: 'thread.run.step',
  created_at: 1699998569,
  run_id: 'run_1',
  ...ids,
  type: 'tool_calls',
  status: 'completed',
};
const ended = { cancelled_at: null, completed_at: 1699998570, expires_at: null, failed_at: null, last_error: null };
const calls = (...tool_calls: readonly object[]) => ({ ...step, ...ended, step_details: { type: 'tool_calls', tool_calls } });
const completion = (logprobs: object) => ({
  id: 'cmpl-1',
  object: 'text_completion',
  created: 1650000000,
  model: 'davinci:2020-05-03',
  choices: [{ text: 'a b', index: 0, logprobs, finish_reason: 'length' }],
});
const echoed = { tokens: ['a', ' b'], token_logprobs: [null, -1.5], top_logprobs: [null, { ' b': -1.5 }], text_offset: [0, 1] };
const got = (path: string, answer: object): Told => ({ method: 'GET', path, answer });
const completed = (logprobs: object): Told => ({
  path: '/completions',
  asked: { model: 'davinci', prompt: 'a', echo: true, logprobs: 1 },
  answer: completion(logprobs),
});

// Old and rare forms of answers, each with its erratum.
test.each([
  ['a run of the first assistants', got('/threads/thread_1/runs/run_1', firstRun)],
  ['a run that retrieves', got('/threads/thread_1/runs/run_1', { ...firstRun, tools: [{ type: 'retrieval' }] })],
  ['a step that retrieves', got('/threads/thread_1/runs/run_1/steps/step_1', calls({ id: 'call_1', type: 'retrieval', retrieval: {} }))],
  ['the first token of an echoed prompt', completed(echoed)],
  [
    'a session without turn detection',
    {
      path: '/realtime/sessions',
      asked: { model: 'gpt-4o-realtime-preview' },
      answer: { turn_detection: null, client_secret: { value: 'ek_1', expires_at: 1734000000 } },
    },
  ],
] satisfies readonly (readonly [string, Told])[])('%s is no finding, in every edition, of anyone', async (_, told) => {
  expect(await found(told, 'service')).toEqual([]);
  expect(await found(told, 'other')).toEqual([]);
  expect(await found(told, 'service', '2025-01')).toEqual([]);
});

test.each([
  [
    'a tool of no assistant',
    got('/threads/thread_1/runs/run_1', { ...firstRun, tools: [{ type: 'recall' }] }),
    'MUST body-valid /tools/*/type',
  ],
  [
    'a call of no tool',
    got('/threads/thread_1/runs/run_1/steps/step_1', calls({ id: 'call_1', type: 'recall', recall: {} })),
    'MUST body-valid /step_details/tool_calls/*/type',
  ],
  [
    'a probability that is a text',
    completed({ ...echoed, token_logprobs: ['-1'] }),
    'MUST body-valid /choices/*/logprobs/token_logprobs/*',
  ],
] satisfies readonly (readonly [string, Told, string])[])('%s is one', async (_, told, finding) => {
  expect(await found(told, 'service')).toEqual([finding]);
});

test('a list of files without ends is a finding of today and none of 2023', async () => {
  const file = { object: 'file', id: 'file-1', purpose: 'batch', filename: 'a', bytes: 1, created_at: 1680000000, status: 'processed' };
  const told = got('/files', { object: 'list', data: [file] });
  const ends = ['SHOULD has_more /has_more', 'SHOULD first_id /first_id', 'SHOULD last_id /last_id'];
  expect(await found(told, 'service')).toEqual(ends);
  const old = { 'content-type': 'application/json', date: 'Tue, 25 Apr 2023 11:52:18 GMT' };
  expect(await found({ ...told, headers: old }, 'service')).toEqual([]);
  expect(await found({ ...told, headers: old }, 'other')).toEqual(ends);
});

test('a list of files that begins with another row is the practice of the service', async () => {
  const file = { object: 'file', id: 'file-1', purpose: 'batch', filename: 'a', bytes: 1, created_at: 1680000000, status: 'processed' };
  const told = got('/files', { object: 'list', data: [file], first_id: 'file-2', last_id: 'file-1', has_more: false });
  expect(await found(told, 'service')).toEqual([]);
  expect(await found(told, 'other')).toEqual(['MUST first_id /first_id']);
});
