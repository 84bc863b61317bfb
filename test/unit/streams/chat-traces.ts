import type { Json, JsonObject } from '../../../src/model/index.ts';
import type { Sent, Trace } from '../../helpers/stream-tester/trace.ts';
import { done } from './trace.ts';

const head = { id: 'chatcmpl-meadow', object: 'chat.completion.chunk', created: 1_750_000_100, model: 'own-model-1' };

export const chunk = (choices: Json, more: JsonObject = {}): Sent => ({ data: { ...head, choices, ...more } });
export const piece = (index: number, delta: JsonObject, finish: string | null = null, logprobs: Json = null): JsonObject => ({
  index,
  delta,
  logprobs,
  finish_reason: finish,
});
const one = (delta: JsonObject, finish: string | null = null, more: JsonObject = {}): Sent => chunk([piece(0, delta, finish)], more);
const opening: JsonObject = { role: 'assistant', content: '', refusal: null };
const tokens = (...texts: readonly string[]): JsonObject[] =>
  texts.map((token) => ({ token, logprob: -0.5, bytes: [...new TextEncoder().encode(token)], top_logprobs: [] }));

export const usage = { prompt_tokens: 7, completion_tokens: 5, total_tokens: 12 };
const noUsage = { usage: null };
const call = (index: number, more: JsonObject): JsonObject => ({ tool_calls: [{ index, ...more }] });
const callOpens = (index: number, id: string, name: string, text = ''): JsonObject =>
  call(index, { id, type: 'function', function: { name, arguments: text } });
const callGoes = (index: number, text: string): JsonObject => call(index, { function: { arguments: text } });

export const text: readonly Sent[] = [
  one(opening),
  one({ content: 'Moss' }),
  one({ content: ' grows' }),
  one({ content: ' north.' }),
  one({}, 'stop'),
  done,
];

export const tools: readonly Sent[] = [
  one({ role: 'assistant', content: null }),
  one(callOpens(0, 'call_fern', 'find_fern')),
  one(callGoes(0, '{"shade":')),
  one(callGoes(0, 'true}')),
  one(callOpens(1, 'call_oak', 'find_oak')),
  one(callGoes(1, '{"age":')),
  one(callGoes(1, '90}')),
  one({}, 'tool_calls'),
  done,
];

export const withUsage: readonly Sent[] = [
  one(opening, null, noUsage),
  one({ content: 'Bark' }, null, noUsage),
  one({}, 'stop', noUsage),
  chunk([], { usage }),
  done,
];

export const twoChoices: readonly Sent[] = [
  chunk([piece(0, opening)]),
  chunk([piece(1, opening)]),
  chunk([piece(0, { content: 'Elm' })]),
  chunk([piece(1, { content: 'Ash' })]),
  chunk([piece(0, {}, 'stop')]),
  chunk([piece(1, {}, 'length')]),
  done,
];

export const functionCall: readonly Sent[] = [
  one({ role: 'assistant', content: null, function_call: { name: 'count_rings', arguments: '' } }),
  one({ function_call: { arguments: '{"tree":' } }),
  one({ function_call: { arguments: '"elm"}' } }),
  one({}, 'function_call'),
  done,
];

export const logprobs: readonly Sent[] = [
  chunk([piece(0, opening, null, { content: [], refusal: null })]),
  chunk([piece(0, { content: 'Sap é' }, null, { content: tokens('Sap', ' é'), refusal: null })]),
  chunk([piece(0, { content: ' runs' }, null, { content: tokens(' runs'), refusal: null })]),
  one({}, 'stop'),
  done,
];

const refusal: readonly Sent[] = [
  one({ role: 'assistant', content: null, refusal: '' }),
  one({ refusal: 'I would' }),
  one({ refusal: ' rather not.' }),
  one({}, 'stop'),
  done,
];

export const audio: readonly Sent[] = [
  one({ role: 'assistant', refusal: null }),
  one({ content: null, audio: { id: 'audio_wren', transcript: 'Tweet' } }),
  one({ audio: { transcript: ' tweet.' } }),
  one({ audio: { data: 'AAEC' } }),
  one({ audio: { expires_at: 1_750_000_900 } }),
  one({}, 'stop'),
  done,
];

export const broken: readonly Sent[] = [
  one(opening),
  one({ content: 'Half a' }),
  { data: { error: { message: 'The tree fell.', type: 'server_error', param: null, code: null } } },
];

/** Legal streams of chat completions. */
export const chatTraces: readonly Trace[] = [
  { name: 'text', stream: 'chat', request: {}, events: text },
  { name: 'no content at all', stream: 'chat', request: {}, events: [one(opening), one({}, 'length'), done] },
  { name: 'two tools', stream: 'chat', request: {}, events: tools },
  {
    name: 'a tool that opens with the role, whole at once, after text',
    stream: 'chat',
    request: {},
    events: [one({ role: 'assistant', content: 'Look: ' }), one(callOpens(0, 'call_ivy', 'cut_ivy', '{}')), one({}, 'tool_calls'), done],
  },
  {
    name: 'a named tool that finishes with stop',
    stream: 'chat',
    request: { tool_choice: { type: 'function', function: { name: 'cut_ivy' } } },
    events: [
      one({ role: 'assistant', content: null, ...callOpens(0, 'call_ivy', 'cut_ivy') }),
      one(callGoes(0, '{}')),
      one({}, 'stop'),
      done,
    ],
  },
  { name: 'usage', stream: 'chat', request: { include_usage: true }, events: withUsage },
  {
    name: 'a moderation after the usage',
    stream: 'chat',
    request: { include_usage: true },
    events: [...withUsage.slice(0, -1), chunk([], { ...noUsage, moderation: { input: {}, output: {} } }), done],
  },
  { name: 'two choices', stream: 'chat', request: { n: 2 }, events: twoChoices },
  { name: 'a legacy function call', stream: 'chat', request: {}, events: functionCall },
  { name: 'logprobs', stream: 'chat', request: { logprobs: true }, events: logprobs },
  { name: 'a refusal', stream: 'chat', request: {}, events: refusal },
  { name: 'audio', stream: 'chat', request: {}, events: audio },
  { name: 'an error in the middle', stream: 'chat', request: {}, events: broken },
  {
    name: 'an error in the middle, with its name on a line of its own',
    stream: 'chat',
    request: {},
    events: broken.map((sent) =>
      typeof sent.data === 'object' && sent.data !== null && 'error' in sent.data ? { ...sent, event: 'error' } : sent,
    ),
  },
  {
    name: 'obfuscation',
    stream: 'chat',
    request: {},
    events: [one(opening, null, { obfuscation: 'xK2' }), one({}, 'stop', { obfuscation: 'p' }), done],
  },
  {
    name: 'comments anywhere',
    stream: 'chat',
    request: {},
    events: text.map((sent) => ({ ...sent, lines: [': keep-alive'] })),
  },
];

const cmpl = { id: 'cmpl-hill', object: 'text_completion', created: 1_750_000_200, model: 'own-model-2' };
const written = (index: number, words: string, finish: string | null = null, more: JsonObject = {}): Sent => ({
  data: { ...cmpl, choices: [{ text: words, index, logprobs: null, finish_reason: finish }], ...more },
});
const measured = (words: string, offset: number, finish: string | null = null): Sent => ({
  data: {
    ...cmpl,
    choices: [
      {
        text: words,
        index: 0,
        logprobs: { tokens: [words], token_logprobs: [-1], top_logprobs: [{}], text_offset: [offset] },
        finish_reason: finish,
      },
    ],
  },
});

export const plain: readonly Sent[] = [written(0, 'Wind'), written(0, ' turns'), written(0, '.', 'stop'), done];
export const counted: readonly Sent[] = [
  written(0, 'Wind', null, noUsage),
  written(0, '.', 'length', noUsage),
  { data: { ...cmpl, choices: [], usage } },
  done,
];
export const aligned: readonly Sent[] = [measured('Hail', 0), measured(' falls', 4, 'stop'), done];

export const twoPrompts: readonly Sent[] = [
  written(0, 'a'),
  written(2, 'c'),
  written(1, 'b', 'stop'),
  written(3, 'd', 'stop'),
  written(0, '.', 'stop'),
  written(2, '.', 'length'),
  done,
];

/** Legal streams of the legacy completions. */
export const completionTraces: readonly Trace[] = [
  { name: 'text', stream: 'compl', request: {}, events: plain },
  { name: 'usage', stream: 'compl', request: { include_usage: true }, events: counted },
  { name: 'logprobs', stream: 'compl', request: {}, events: aligned },
  { name: 'two prompts, two each', stream: 'compl', request: { n: 2, prompts: 2 }, events: twoPrompts },
];
