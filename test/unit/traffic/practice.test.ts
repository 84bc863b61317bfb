import { expect, test } from 'vitest';
import { found, type Told } from './traffic.ts';

interface Typed {
  readonly type: string;
  readonly [member: string]: unknown;
}

const response = (more: object) => ({
  id: 'resp_1',
  object: 'response',
  created_at: 1758064441,
  error: null,
  incomplete_details: null,
  instructions: null,
  metadata: {},
  model: 'gpt-5-2025-08-07',
  parallel_tool_calls: true,
  temperature: 1,
  tool_choice: 'auto',
  tools: [],
  top_p: 1,
  ...more,
});
const usage = {
  input_tokens: 1,
  input_tokens_details: { cached_tokens: 0 },
  output_tokens: 1,
  output_tokens_details: { reasoning_tokens: 0 },
  total_tokens: 2,
};

/** The stream of a response with one item: how it opens, what comes between, how it ends, and what follows the end. */
function streamOf(opened: Typed, between: readonly Typed[], ended: Typed, after: readonly Typed[] = []): Told {
  const running = response({ status: 'in_progress', output: [], usage: null });
  const events: readonly Typed[] = [
    { type: 'response.created', response: running },
    { type: 'response.in_progress', response: running },
    { type: 'response.output_item.added', output_index: 0, item: opened },
    ...between,
    { type: 'response.output_item.done', output_index: 0, item: ended },
    { type: 'response.completed', response: response({ status: 'completed', output: [ended], usage }) },
    ...after,
  ];
  const answer = events
    .map((event, index) => `event: ${event.type}\ndata: ${JSON.stringify({ ...event, sequence_number: index })}\n\n`)
    .join('');
  return {
    path: '/responses',
    asked: { model: 'gpt-5', input: 'Hello', stream: true },
    headers: { 'content-type': 'text/event-stream' },
    answer,
  };
}

const picture = { id: 'ig_1', type: 'image_generation_call', status: 'in_progress' };
const drawing = [
  { type: 'response.image_generation_call.in_progress', output_index: 0, item_id: 'ig_1' },
  { type: 'response.image_generation_call.generating', output_index: 0, item_id: 'ig_1' },
];
const call = { id: 'fc_1', type: 'function_call', status: 'in_progress', arguments: '', call_id: 'call_1', name: 'f' };
const called = { ...call, status: 'completed', arguments: '{}' };
const calling = [
  { type: 'response.function_call_arguments.delta', output_index: 0, item_id: 'fc_1', delta: '{}' },
  { type: 'response.function_call_arguments.done', output_index: 0, item_id: 'fc_1', arguments: '{}' },
];

test.each([
  ['a picture that is still generating', streamOf(picture, drawing, { ...picture, status: 'generating', result: 'AA==' })],
  ['rate limits after the end', streamOf(call, calling, called, [{ type: 'response.rate_limits.updated', rate_limits: [] }])],
])('%s is the practice of the service, and a finding elsewhere', async (_, told) => {
  expect(await found(told, 'service')).toEqual([]);
  expect(await found(told, 'other')).not.toEqual([]);
});

test.each([
  ['a call that is still generating', streamOf(call, calling, { ...called, status: 'generating' })],
  ['another event after the end', streamOf(call, calling, called, [{ type: 'response.moods.updated', moods: [] }])],
  ['an event that nobody knows', streamOf(call, [{ type: 'response.mood', mood: 1 }, ...calling], called)],
])('%s is a finding, of the service too', async (_, told) => {
  expect(await found(told, 'service')).not.toEqual([]);
});
