import { expect, test } from 'vitest';
import { stateExplained } from './state-explained.ts';
import { judged } from './scene.ts';

test('passes a run that says what it waits for', () => {
  expect(
    judged(stateExplained, {
      operation: 'getRun',
      method: 'GET',
      answer: { object: 'thread.run', status: 'requires_action', required_action: { type: 'submit_tool_outputs' }, usage: null },
    }),
  ).toEqual([]);
});

test('takes an error of nulls for none', () => {
  expect(
    judged(stateExplained, {
      operation: 'retrieveFineTuningJob',
      method: 'GET',
      answer: { object: 'fine_tuning.job', status: 'running', error: { code: null } },
    }),
  ).toEqual([]);
});

test('fails a completed run without a time, with an error', () => {
  expect(
    judged(stateExplained, {
      operation: 'getRun',
      method: 'GET',
      answer: { object: 'thread.run', status: 'completed', completed_at: null, last_error: { code: 'server_error' } },
    }),
  ).toEqual([
    {
      expected: 'completed_at of a thread.run that is completed',
      actual: 'null',
      at: '/completed_at',
      rule: 'thread.run completed completed_at',
    },
    {
      expected: 'no last_error of a thread.run that is completed',
      actual: '{"code":"server_error"}',
      at: '/last_error',
      rule: 'thread.run completed last_error',
    },
  ]);
});

test('fails a batch in a list', () => {
  expect(
    judged(stateExplained, {
      operation: 'listBatches',
      method: 'GET',
      answer: { object: 'list', data: [{ object: 'batch', status: 'validating', completed_at: 5 }] },
    }),
  ).toEqual([
    {
      expected: 'no completed_at of a batch that is validating',
      actual: '5',
      at: '/data/0/completed_at',
      rule: 'batch validating completed_at',
    },
  ]);
});

test('says nothing of objects without states', () => {
  expect(judged(stateExplained, { operation: 'getThread', method: 'GET', answer: { object: 'thread' } })).toBeUndefined();
});
