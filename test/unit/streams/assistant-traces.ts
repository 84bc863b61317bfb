import type { Json, JsonObject } from '../../../src/model/index.ts';
import type { Sent, Trace } from '../../helpers/stream-tester/trace.ts';

const thread = 'thread_shore';
const run = 'run_tide';
const usage = { prompt_tokens: 9, completion_tokens: 2, total_tokens: 11 };
const ends: Sent = { event: 'done', data: '[DONE]' };

export const runEvent = (name: string, status: string = name, more: JsonObject = {}): Sent => ({
  event: `thread.run.${name}`,
  data: {
    id: run,
    object: 'thread.run',
    created_at: 1_750_000_400,
    assistant_id: 'asst_gull',
    thread_id: thread,
    status,
    required_action: null,
    last_error: null,
    usage: null,
    model: 'own-model-4',
    instructions: '',
    tools: [],
    metadata: {},
    started_at: null,
    expires_at: null,
    cancelled_at: null,
    failed_at: null,
    completed_at: null,
    incomplete_details: null,
    max_prompt_tokens: null,
    max_completion_tokens: null,
    truncation_strategy: { type: 'auto', last_messages: null },
    tool_choice: 'auto',
    parallel_tool_calls: true,
    response_format: 'auto',
    ...more,
  },
});

const created = runEvent('created', 'queued');
const queued = runEvent('queued');
const going = runEvent('in_progress');
const starts: readonly Sent[] = [created, queued, going];
const completed = runEvent('completed', 'completed', { usage });

const stepEvent = (name: string, id: string, details: JsonObject, status: string, more: JsonObject = {}): Sent => ({
  event: `thread.run.step.${name}`,
  data: {
    id,
    object: 'thread.run.step',
    created_at: 1_750_000_401,
    run_id: run,
    thread_id: thread,
    type: String(details['type']),
    status,
    step_details: details,
    usage: null,
    assistant_id: 'asst_gull',
    last_error: null,
    expired_at: null,
    cancelled_at: null,
    failed_at: null,
    completed_at: null,
    metadata: {},
    ...more,
  },
});

const messageEvent = (name: string, id: string, content: Json, status: string): Sent => ({
  event: `thread.message.${name}`,
  data: {
    id,
    object: 'thread.message',
    created_at: 1_750_000_402,
    run_id: run,
    thread_id: thread,
    status,
    role: 'assistant',
    content,
    assistant_id: 'asst_gull',
    incomplete_details: null,
    incomplete_at: null,
    completed_at: null,
    attachments: [],
    metadata: {},
  },
});

const messageDelta = (id: string, ...content: readonly JsonObject[]): Sent => ({
  event: 'thread.message.delta',
  data: { id, object: 'thread.message.delta', delta: { content } },
});
const says = (index: number, value: string, more: JsonObject = {}): JsonObject => ({ index, type: 'text', text: { value, ...more } });

const note = { type: 'file_citation', text: '[1]', start_index: 0, end_index: 3, file_citation: { file_id: 'file-kelp' } };

function messageStep(
  step: string,
  id: string,
  deltas: readonly (readonly JsonObject[])[],
  content: Json,
  end = 'completed',
): readonly Sent[] {
  const details = { type: 'message_creation', message_creation: { message_id: id } };
  return [
    stepEvent('created', step, details, 'in_progress'),
    stepEvent('in_progress', step, details, 'in_progress'),
    messageEvent('created', id, [], 'in_progress'),
    messageEvent('in_progress', id, [], 'in_progress'),
    ...deltas.map((delta) => messageDelta(id, ...delta)),
    messageEvent(end, id, content, end),
    stepEvent('completed', step, details, 'completed', { usage }),
  ];
}

const callDelta = (step: string, call: JsonObject): Sent => ({
  event: 'thread.run.step.delta',
  data: { id: step, object: 'thread.run.step.delta', delta: { step_details: { type: 'tool_calls', tool_calls: [call] } } },
});
const noCalls = { type: 'tool_calls', tool_calls: [] };

const spoken = messageStep(
  'step_one',
  'msg_shell',
  [[says(0, 'High', { annotations: [] })], [says(0, ' tide')], [says(0, ' at six.')]],
  [{ type: 'text', text: { value: 'High tide at six.', annotations: [] } }],
);
const cited = messageStep(
  'step_one',
  'msg_shell',
  [[says(0, 'See')], [says(0, ' [1]', { annotations: [{ index: 0, ...note }] })], [says(1, 'And')], [says(1, ' more.')]],
  [
    { type: 'text', text: { value: 'See [1]', annotations: [note] } },
    { type: 'text', text: { value: 'And more.', annotations: [] } },
  ],
);

const functions: readonly Sent[] = [
  stepEvent('created', 'step_tool', noCalls, 'in_progress'),
  stepEvent('in_progress', 'step_tool', noCalls, 'in_progress'),
  callDelta('step_tool', { index: 0, id: 'call_net', type: 'function', function: { name: 'cast', arguments: '', output: null } }),
  callDelta('step_tool', { index: 0, type: 'function', function: { arguments: '{"d":' } }),
  callDelta('step_tool', { index: 0, type: 'function', function: { arguments: '7}' } }),
  callDelta('step_tool', { index: 1, id: 'call_oar', type: 'function', function: { name: 'row', arguments: '', output: null } }),
  callDelta('step_tool', { index: 1, type: 'function', function: { arguments: '{}' } }),
];
const listed = [
  { id: 'call_net', type: 'function', function: { name: 'cast', arguments: '{"d":7}' } },
  { id: 'call_oar', type: 'function', function: { name: 'row', arguments: '{}' } },
];
export const requiresAction: readonly Sent[] = [
  ...starts,
  ...functions,
  runEvent('requires_action', 'requires_action', {
    required_action: { type: 'submit_tool_outputs', submit_tool_outputs: { tool_calls: listed } },
  }),
  ends,
];

const interpreted: readonly Sent[] = [
  stepEvent('created', 'step_code', noCalls, 'in_progress'),
  stepEvent('in_progress', 'step_code', noCalls, 'in_progress'),
  callDelta('step_code', { index: 0, id: 'call_sum', type: 'code_interpreter', code_interpreter: { input: '', outputs: [] } }),
  callDelta('step_code', { index: 0, type: 'code_interpreter', code_interpreter: { input: '3' } }),
  callDelta('step_code', { index: 0, type: 'code_interpreter', code_interpreter: { input: '+4' } }),
  callDelta('step_code', { index: 0, type: 'code_interpreter', code_interpreter: { outputs: [{ index: 0, type: 'logs', logs: '7' }] } }),
  stepEvent(
    'completed',
    'step_code',
    {
      type: 'tool_calls',
      tool_calls: [
        { id: 'call_sum', type: 'code_interpreter', code_interpreter: { input: '3+4', outputs: [{ type: 'logs', logs: '7' }] } },
      ],
    },
    'completed',
    { usage },
  ),
];

const submitted: readonly Sent[] = [
  stepEvent(
    'completed',
    'step_tool',
    { type: 'tool_calls', tool_calls: listed.map((call) => ({ ...call, function: { ...call.function, output: 'ok' } })) },
    'completed',
    { usage },
  ),
  queued,
  going,
];
const newThread: Sent = {
  event: 'thread.created',
  data: { id: thread, object: 'thread', created_at: 1_750_000_399, metadata: {}, tool_resources: null },
};

export const message: readonly Sent[] = [...starts, ...spoken, completed, ends];
export const codeAndMessage: readonly Sent[] = [...starts, ...interpreted, ...spoken, completed, ends];

const asked = (name: string, events: readonly Sent[], mode = 'run'): Trace => ({ name, stream: 'asst', request: { mode }, events });

/** Legal streams of assistant runs. */
export const assistantTraces: readonly Trace[] = [
  asked('a message', message),
  asked('two parts and an annotation', [...starts, ...cited, completed, ends]),
  asked('a new thread', [newThread, ...message], 'thread_and_run'),
  asked('two functions to run', requiresAction),
  asked('outputs submitted', [...submitted, ...spoken, completed, ends], 'submit'),
  asked('code, then a message', codeAndMessage),
  asked('failed before any step', [
    ...starts,
    runEvent('failed', 'failed', { last_error: { code: 'server_error', message: 'Storm.' } }),
    ends,
  ]),
  asked('cancelled while queued', [created, queued, runEvent('cancelling'), runEvent('cancelled'), ends]),
  asked('expired at once', [created, runEvent('expired'), ends]),
  asked('incomplete', [
    ...starts,
    ...messageStep(
      'step_one',
      'msg_shell',
      [[says(0, 'High')]],
      [{ type: 'text', text: { value: 'High', annotations: [] } }],
      'incomplete',
    ),
    runEvent('incomplete', 'incomplete', { incomplete_details: { reason: 'max_completion_tokens' } }),
    ends,
  ]),
  asked('an error', [...starts, { event: 'error', data: { error: { message: 'Storm.', type: 'server_error', param: null, code: null } } }]),
  asked('an error, then done', [...starts, { event: 'error', data: { error: { message: 'Storm.' } } }, ends]),
];
