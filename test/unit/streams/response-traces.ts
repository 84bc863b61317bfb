import type { Json, JsonObject } from '../../../src/model/index.ts';
import type { Sent, Trace } from '../../helpers/stream-tester/trace.ts';
import { done, numbered } from './trace.ts';

const base: JsonObject = {
  id: 'resp_valley',
  object: 'response',
  created_at: 1_750_000_300,
  model: 'own-model-3',
  metadata: {},
  tools: [],
  instructions: null,
  parallel_tool_calls: true,
  temperature: 1,
  tool_choice: 'auto',
  top_p: 1,
};
const usage: JsonObject = {
  input_tokens: 3,
  input_tokens_details: { cached_tokens: 0 },
  output_tokens: 4,
  output_tokens_details: { reasoning_tokens: 0 },
  total_tokens: 7,
};

export const send = (type: string, more: JsonObject): Sent => ({ event: type, data: { type, ...more } });
export const life = (name: string, status: string, output: readonly Json[] = [], more: JsonObject = {}): Sent =>
  send(`response.${name}`, { response: { ...base, status, error: null, incomplete_details: null, output, ...more } });

const start: readonly Sent[] = [life('created', 'in_progress'), life('in_progress', 'in_progress')];
const finish = (...output: readonly Json[]): Sent => life('completed', 'completed', output, { usage });

interface Item {
  readonly body: readonly Sent[];
  readonly final: JsonObject;
}

const place = (index: number, id: string): JsonObject => ({ item_id: id, output_index: index });
const added = (index: number, item: JsonObject): Sent => send('response.output_item.added', { output_index: index, item });
const closed = (index: number, item: JsonObject): Sent => send('response.output_item.done', { output_index: index, item });

/** An item from its opening object, its events and its final object. */
function item(index: number, opened: JsonObject, changes: JsonObject, events: readonly Sent[]): Item {
  const final = { ...opened, ...changes };
  return { body: [added(index, opened), ...events, closed(index, final)], final };
}

const textPart = (text: string, annotations: readonly Json[] = []): JsonObject => ({
  type: 'output_text',
  text,
  annotations,
  logprobs: [],
});

function message(
  index: number,
  id: string,
  pieces: readonly string[],
  annotations: readonly JsonObject[] = [],
  status = 'completed',
): Item {
  const at = { ...place(index, id), content_index: 0 };
  const text = pieces.join('');
  return item(
    index,
    { id, type: 'message', status: 'in_progress', role: 'assistant', content: [] },
    { status, content: [textPart(text, annotations)] },
    [
      send('response.content_part.added', { ...at, part: textPart('') }),
      ...pieces.map((delta) => send('response.output_text.delta', { ...at, delta, logprobs: [] })),
      ...annotations.map((annotation, number) =>
        send('response.output_text.annotation.added', { ...at, annotation_index: number, annotation }),
      ),
      send('response.output_text.done', { ...at, text, logprobs: [] }),
      send('response.content_part.done', { ...at, part: textPart(text, annotations) }),
    ],
  );
}

function refused(index: number, id: string): Item {
  const at = { ...place(index, id), content_index: 0 };
  const part = { type: 'refusal', refusal: 'Not today.' };
  return item(
    index,
    { id, type: 'message', status: 'in_progress', role: 'assistant', content: [] },
    { status: 'completed', content: [part] },
    [
      send('response.content_part.added', { ...at, part: { type: 'refusal', refusal: '' } }),
      send('response.refusal.delta', { ...at, delta: 'Not' }),
      send('response.refusal.delta', { ...at, delta: ' today.' }),
      send('response.refusal.done', { ...at, refusal: 'Not today.' }),
      send('response.content_part.done', { ...at, part }),
    ],
  );
}

function streamed(
  index: number,
  opened: JsonObject,
  member: string,
  event: string,
  pieces: readonly string[],
  around: readonly [readonly string[], readonly string[]] = [[], []],
  changes: JsonObject = {},
): Item {
  const at = place(index, String(opened['id']));
  const text = pieces.join('');
  const status: JsonObject = 'status' in opened ? { status: 'completed' } : {};
  return item(index, { ...opened, [member]: '' }, { [member]: text, ...status, ...changes }, [
    ...around[0].map((name) => send(name, at)),
    ...pieces.map((delta) => send(`${event}.delta`, { ...at, delta })),
    send(`${event}.done`, { ...at, [member]: text }),
    ...around[1].map((name) => send(name, at)),
  ]);
}

const functionCall = (index: number): Item =>
  streamed(
    index,
    { id: 'fc_brook', type: 'function_call', status: 'in_progress', call_id: 'call_brook', name: 'depth' },
    'arguments',
    'response.function_call_arguments',
    ['{"m"', ':2}'],
  );
const customCall = (index: number): Item =>
  streamed(
    index,
    { id: 'ct_brook', type: 'custom_tool_call', status: 'in_progress', call_id: 'call_reed', name: 'weave' },
    'input',
    'response.custom_tool_call_input',
    ['over', ' under'],
  );
const mcpCall = (index: number, end: string): Item =>
  streamed(
    index,
    { id: 'mcp_brook', type: 'mcp_call', status: 'in_progress', name: 'toss', server_label: 'coins', error: null, output: null },
    'arguments',
    'response.mcp_call_arguments',
    ['{}'],
    [['response.mcp_call.in_progress'], [`response.mcp_call.${end}`]],
    end === 'completed' ? { output: 'heads' } : { status: 'failed', error: 'no coin' },
  );
const interpreter = (index: number, spelling: string): Item =>
  streamed(
    index,
    { id: 'ci_brook', type: 'code_interpreter_call', status: 'in_progress', container_id: 'cntr_own', outputs: null },
    'code',
    spelling,
    ['print', '(1)'],
    [
      ['response.code_interpreter_call.in_progress'],
      ['response.code_interpreter_call.interpreting', 'response.code_interpreter_call.completed'],
    ],
  );

const steps = (index: number, opened: JsonObject, names: readonly string[], changes: JsonObject = { status: 'completed' }): Item =>
  item(
    index,
    opened,
    changes,
    names.map((name) => send(`response.${String(opened['type'])}.${name}`, place(index, String(opened['id'])))),
  );
const webSearch = (index: number): Item =>
  steps(index, { id: 'ws_brook', type: 'web_search_call', status: 'in_progress' }, ['in_progress', 'searching', 'completed']);
const fileSearch = (index: number): Item =>
  steps(index, { id: 'fs_brook', type: 'file_search_call', status: 'in_progress', queries: [] }, ['in_progress', 'searching', 'completed']);
const listTools = (index: number): Item =>
  steps(index, { id: 'ml_brook', type: 'mcp_list_tools', server_label: 'coins', tools: [] }, ['in_progress', 'completed'], {
    tools: [{ name: 'toss' }],
  });

function image(index: number): Item {
  const at = place(index, 'ig_brook');
  const partial = (number: number): Sent =>
    send('response.image_generation_call.partial_image', { ...at, partial_image_index: number, partial_image_b64: 'AAAA' });
  return item(
    index,
    { id: 'ig_brook', type: 'image_generation_call', status: 'in_progress', result: null },
    { status: 'completed', result: 'AAAA' },
    [
      send('response.image_generation_call.in_progress', at),
      send('response.image_generation_call.generating', at),
      partial(0),
      partial(1),
      send('response.image_generation_call.completed', at),
    ],
  );
}

function reasoning(index: number): Item {
  const at = { ...place(index, 'rs_brook'), summary_index: 0 };
  const raw = { ...place(index, 'rs_brook'), content_index: 0 };
  const summary = { type: 'summary_text', text: 'Follow the water.' };
  const content = { type: 'reasoning_text', text: 'Downhill.' };
  return item(
    index,
    { id: 'rs_brook', type: 'reasoning', summary: [] },
    { summary: [summary], content: [content], encrypted_content: 'gAAA' },
    [
      send('response.reasoning_summary_part.added', { ...at, part: { type: 'summary_text', text: '' } }),
      send('response.reasoning_summary_text.delta', { ...at, delta: 'Follow' }),
      send('response.reasoning_summary_text.delta', { ...at, delta: ' the water.' }),
      send('response.reasoning_summary_text.done', { ...at, text: summary.text }),
      send('response.reasoning_summary_part.done', { ...at, part: summary }),
      send('response.content_part.added', { ...raw, part: { type: 'reasoning_text', text: '' } }),
      send('response.reasoning_text.delta', { ...raw, delta: 'Downhill.' }),
      send('response.reasoning_text.done', { ...raw, text: content.text }),
      send('response.content_part.done', { ...raw, part: content }),
    ],
  );
}

function shell(index: number): Item {
  const at = { output_index: index, command_index: 0 };
  const action = { commands: [], max_output_length: null };
  return item(
    index,
    { id: 'sh_brook', type: 'shell_call', status: 'in_progress', call_id: 'call_sh', action },
    { status: 'completed', action: { ...action, commands: ['pwd -P'] } },
    [
      send('response.shell_call_command.added', { ...at, command: '' }),
      send('response.shell_call_command.delta', { ...at, delta: 'pwd' }),
      send('response.shell_call_command.delta', { ...at, delta: ' -P' }),
      send('response.shell_call_command.done', { ...at, command: 'pwd -P' }),
    ],
  );
}

function shellOutput(index: number): Item {
  const at = { ...place(index, 'so_brook'), command_index: 0 };
  const output = [{ stdout: '/srv\n', stderr: '', outcome: { type: 'exit', exit_code: 0 } }];
  return item(index, { id: 'so_brook', type: 'shell_call_output', status: 'completed', call_id: 'call_sh', output: [] }, { output }, [
    send('response.shell_call_output_content.delta', { ...at, delta: { stdout: '/srv' } }),
    send('response.shell_call_output_content.delta', { ...at, delta: { stdout: '\n' } }),
    send('response.shell_call_output_content.done', { ...at, output }),
  ]);
}

const whole = (...items: readonly Item[]): readonly Sent[] => [
  ...start,
  ...items.flatMap((one) => one.body),
  finish(...items.map((one) => one.final)),
];
const cite = { type: 'url_citation', url: 'https://maps.example/brook', title: 'Brook', start_index: 0, end_index: 4 };

export const text = whole(message(0, 'msg_brook', ['Cold', ' and', ' clear.']));
export const call = whole(functionCall(0));
export const many = whole(reasoning(0), webSearch(1), message(2, 'msg_brook', ['Two', ' bends.'], [cite, { ...cite, end_index: 9 }]));
const incomplete = message(0, 'msg_brook', ['Cold', ' and'], [], 'incomplete');
const lost: JsonObject = { code: 'server_error', message: 'The dam broke.' };

/** Streams that are legal in the 2026 edition when numbered. */
const unnumbered: readonly (readonly [name: string, events: readonly Sent[]])[] = [
  ['text', text],
  ['a sentinel after the end', [...text, done]],
  [
    'a response in the background',
    [life('created', 'queued'), life('queued', 'queued'), life('in_progress', 'in_progress'), ...text.slice(2)],
  ],
  ['a function call', call],
  ['reasoning, search, text with annotations', many],
  ['a custom tool', whole(customCall(0))],
  ['mcp', whole(listTools(0), mcpCall(1, 'completed'))],
  ['an mcp call that fails', whole(mcpCall(0, 'failed'))],
  ['a code interpreter', whole(interpreter(0, 'response.code_interpreter_call_code'), message(1, 'msg_brook', ['One.']))],
  [
    'a code interpreter without code',
    whole(
      steps(0, { id: 'ci_brook', type: 'code_interpreter_call', status: 'in_progress', container_id: 'cntr_own', code: null }, [
        'in_progress',
        'interpreting',
        'completed',
      ]),
    ),
  ],
  ['a file search', whole(fileSearch(0))],
  ['an image', whole(image(0))],
  ['a shell and its output', whole(shell(0), shellOutput(1))],
  ['a refusal', whole(refused(0, 'msg_brook'))],
  ['an item that opens complete', whole(steps(0, { id: 'cmp_brook', type: 'compaction', encrypted_content: 'gAAA' }, [], {}))],
  [
    'a compaction that tells its progress',
    whole(steps(0, { id: 'cmp_brook', type: 'compaction', encrypted_content: 'gAAA' }, ['compacting', 'compacting'], {})),
  ],
  ['a status of null', whole(steps(0, { id: 'lso_brook', type: 'local_shell_call_output', status: null, output: '' }, [], {}))],
  [
    'incomplete',
    [
      ...start,
      ...incomplete.body,
      life('incomplete', 'incomplete', [incomplete.final], { incomplete_details: { reason: 'max_output_tokens' } }),
    ],
  ],
  [
    'incomplete for a reason that came later',
    [
      ...start,
      ...incomplete.body,
      life('incomplete', 'incomplete', [incomplete.final], { incomplete_details: { reason: 'max_messages' } }),
    ],
  ],
  ['failed', [...start, life('failed', 'failed', [], { error: lost })]],
  ['a flat error', [...start, send('error', { ...lost, param: null }), life('failed', 'failed', [], { error: lost })]],
  [
    'a nested error',
    [...start, send('error', { error: { ...lost, type: 'server', param: null } }), life('failed', 'failed', [], { error: lost })],
  ],
  ['keepalive', [...text.slice(0, 4), send('keepalive', {}), ...text.slice(4)]],
];

/** Streams of the 2025-03 edition, which has no numbers. */
const early: readonly (readonly [name: string, events: readonly Sent[]])[] = [
  ['text', text],
  ['a function call', call],
  ['a code interpreter', whole(interpreter(0, 'response.code_interpreter_call.code'))],
];

/** Legal streams of the Responses API. */
export const responseTraces: readonly Trace[] = [
  ...unnumbered.map(([name, events]): Trace => ({ name, stream: 'resp', request: {}, events: numbered(events) })),
  ...early.map(([name, events]): Trace => ({ name: `${name} (2025-03)`, stream: 'resp', request: { profile: '2025-03' }, events })),
  { name: 'resumed before the first delta', stream: 'resp', request: { starting_after: 3 }, events: numbered(text).slice(4) },
  { name: 'resumed within the text', stream: 'resp', request: { starting_after: 5 }, events: numbered(text).slice(6) },
  { name: 'resumed at the second item', stream: 'resp', request: { starting_after: 12 }, events: numbered(many).slice(13) },
];
