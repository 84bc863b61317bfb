import type { JsonObject } from '../../../src/model/index.ts';
import { all, data, drop, insert, line, lines, repeat, set, setAll, swap } from './changes.ts';
import type { Change } from './changes.ts';
import * as chat from './chat-traces.ts';
import type { Sent } from '../../helpers/stream-tester/trace.ts';
import { done } from './trace.ts';

/** A stream that breaks one rule: a legal one, changed. */
export interface Illegal {
  readonly rule: string;
  readonly how: string;
  readonly stream: string;
  readonly request?: JsonObject;
  readonly events: readonly Sent[];
  readonly change: Change;
  /** A rule that cannot help seeing it too: the events show it before they show the first. */
  readonly also?: string;
}

const { chunk, piece, usage } = chat;
const choice = (member: string): string => `/choices/0/${member}`;

const of =
  (stream: string, events: readonly Sent[], request: JsonObject = {}) =>
  (rule: string, how: string, change: Change): Illegal => ({ rule, how, stream, request, events, change });

const text = of('chat', chat.text);
const tools = of('chat', chat.tools);
const counted = of('chat', chat.withUsage, { include_usage: true });
const two = of('chat', chat.twoChoices, { n: 2 });
const legacy = of('chat', chat.functionCall);
const weighed = of('chat', chat.logprobs, { logprobs: true });
const sound = of('chat', chat.audio);
const plain = of('compl', chat.plain);
const plainCounted = of('compl', chat.counted, { include_usage: true });
const aligned = of('compl', chat.aligned);
const failing = of('chat', chat.broken);
const each = of('compl', chat.twoPrompts, { n: 2, prompts: 2 });

/** One stream at least for every rule of framing, chat completions and completions. */
export const illegalChat: readonly Illegal[] = [
  text('sse.json', 'a payload that is no JSON', data(2, '{"id":')),
  text('sse.json', 'a payload that is a list', data(2, [1])),
  tools('sse.json', 'half a fragment of arguments', data(3, '{"id":')),
  tools('sse.json', 'half an opening', data(4, '{"id":')),
  text('sse.json', 'half of the first chunk', data(0, '{"id":')),
  two('sse.json', 'half of the first of two openings', data(0, '{"id":')),
  text('sse.no-empty-event', 'an event line without data', insert(2, { event: 'ping', data: null })),
  text('sse.no-empty-event', 'a line of its own name', insert(2, { data: null, lines: ['error: {"message":"x"}'] })),
  text('sse.no-id-retry', 'an id line', lines(2, 'id: 3')),
  text(
    'sse.one-line',
    'a payload over two lines',
    data(
      2,
      '{"id":"chatcmpl-meadow","object":"chat.completion.chunk","created":1750000100,\ndata: "model":"own-model-1","choices":[{"index":0,"delta":{},"finish_reason":null}]}',
    ),
  ),
  text('sse.event-line', 'every chunk is named', (events) => events.map((sent) => ({ ...sent, event: 'message' }))),
  text('sse.event-line', 'one chunk is named', line(2, 'chunk')),
  text('sse.done-missing', 'no sentinel', drop(-1)),
  text('sse.done-missing', 'a sentinel in quotes', data(-1, '"[DONE]"')),
  text('sse.done-missing', 'a sentinel that is an object', data(-1, { done: true })),
  text('sse.after-done', 'a second sentinel', repeat(-1)),
  text('sse.after-done', 'words after the sentinel', insert(99, { data: 'bye' })),
  text('sse.after-done', 'a chunk after the sentinel', insert(99, chunk([]))),
  failing('sse.error-shape', 'an error that is text', data(-1, { error: 'lost' })),
  failing('sse.error-last', 'a chunk after the error', insert(99, chunk([piece(0, { content: ' tree' })]))),
  failing('sse.error-last', 'a second error', repeat(-1)),
  text('chat.nonempty', 'the sentinel only', () => [done]),
  text('chat.nonempty', 'nothing at all', () => []),
  text('chat.object', 'the object of a plain answer', setAll({ '/object': 'chat.completion' })),
  text('chat.object', 'no object on one chunk', set(1, { '/object': undefined })),
  text('chat.id-const', 'one chunk with another id', set(2, { '/id': 'chatcmpl-else' })),
  text('chat.created-const', 'the time of each chunk', set(3, { '/created': 1_750_000_101 })),
  text('chat.model-const', 'another model', set(2, { '/model': 'own-model-9' })),
  text('chat.meta-const', 'another fingerprint', all(setAll({ '/system_fingerprint': 'fp_a' }), set(2, { '/system_fingerprint': 'fp_b' }))),
  text('chat.meta-const', 'another tier', all(setAll({ '/service_tier': 'default' }), set(2, { '/service_tier': 'flex' }))),
  text('chat.choices-present', 'a chunk without choices', insert(2, chunk(null))),
  counted('chat.choices-present', 'no choices beside the usage', set(3, { '/choices': undefined })),
  text('chat.choice-shape', 'no index', set(2, { [choice('index')]: undefined })),
  text('chat.choice-shape', 'no delta in the first piece', set(0, { [choice('delta')]: undefined })),
  text('chat.choice-shape', 'a delta that is text', set(2, { [choice('delta')]: ' grows' })),
  text('chat.finish-absent-key', 'no finish_reason key', set(2, { [choice('finish_reason')]: undefined })),
  text('chat.choice-shape', 'no delta in the last piece', set(4, { [choice('delta')]: undefined })),
  two('chat.choice-open-order', 'choice 1 opens first', swap(0)),
  text('chat.choice-open-order', 'the only choice is number 1', setAll({ [choice('index')]: 1 })),
  text(
    'chat.n-count',
    'a second choice that was not asked for',
    insert(2, chunk([piece(1, { role: 'assistant' })]), chunk([piece(1, {}, 'stop')])),
  ),
  two('chat.n-count', 'one choice of two', all(drop(5), drop(3), drop(1))),
  two('chat.choices-open-before-finish', 'one choice after the other', (events) =>
    [0, 2, 4, 1, 3, 5, 6].map((index) => events[index] as Sent),
  ),
  text('chat.role-first', 'no role', set(0, { [choice('delta/role')]: undefined })),
  text('chat.role-first', 'the opening is lost', drop(0)),
  text(
    'chat.role-once',
    'the role on every piece',
    setAll({ [choice('delta/role')]: 'assistant' }, (_data, index) => index < 4),
  ),
  text('chat.finish-missing', 'no finish', drop(4)),
  text('chat.finish-value', 'a reason of its own', set(4, { [choice('finish_reason')]: 'eos' })),
  text('chat.after-finish', 'finished twice', repeat(4)),
  text('chat.after-finish', 'finished with the last text, and again', set(3, { [choice('finish_reason')]: 'stop', [choice('delta')]: {} })),
  text('chat.finish-empty-delta', 'text in the last piece', set(4, { [choice('delta')]: { content: '!' } })),
  tools('chat.tool-index-order', 'the first call is number 1', (events) =>
    setAll({ [choice('delta/tool_calls/0/index')]: 1 }, (_data, index) => index >= 1 && index <= 3)(events.toSpliced(4, 3)),
  ),
  tools('chat.tool-index-order', 'a call without index', set(1, { [choice('delta/tool_calls/0/index')]: undefined })),
  tools('chat.tool-open', 'no id', set(1, { [choice('delta/tool_calls/0/id')]: undefined })),
  tools('chat.tool-open', 'no name', set(1, { [choice('delta/tool_calls/0/function/name')]: undefined })),
  tools('chat.tool-open', 'no type', set(1, { [choice('delta/tool_calls/0/type')]: undefined })),
  tools('chat.tool-identity-once', 'the id again', set(2, { [choice('delta/tool_calls/0/id')]: 'call_fern' })),
  tools('chat.tool-identity-once', 'an empty name again', set(2, { [choice('delta/tool_calls/0/function/name')]: '' })),
  tools(
    'chat.tool-identity-once',
    'two calls of one index',
    setAll({ [choice('delta/tool_calls/0/index')]: 0 }, (_data, index) => index >= 4 && index <= 6),
  ),
  tools('chat.tool-interleave', 'the first call goes on after the second opened', swap(3)),
  tools('chat.tool-args-json', 'a fragment is lost', drop(3)),
  tools('chat.tool-finish-reason', 'stop after tool calls', set(7, { [choice('finish_reason')]: 'stop' })),
  text('chat.tool-finish-reason', 'tool_calls without any', set(4, { [choice('finish_reason')]: 'tool_calls' })),
  legacy('chat.fc-open', 'no name', set(0, { [choice('delta/function_call/name')]: undefined })),
  legacy('chat.fc-name-once', 'the name again', set(1, { [choice('delta/function_call/name')]: 'count_rings' })),
  legacy(
    'chat.fc-tools-exclusive',
    'a tool call beside it',
    insert(3, chunk([piece(0, { tool_calls: [{ index: 0, id: 'call_1', type: 'function', function: { name: 'f', arguments: '{}' } }] })])),
  ),
  legacy('chat.tool-finish-reason', 'a function call that finishes with tool_calls', set(3, { [choice('finish_reason')]: 'tool_calls' })),
  text('chat.refusal-content-exclusive', 'a refusal after text', insert(3, chunk([piece(0, { refusal: 'No.' })]))),
  weighed(
    'chat.logprobs-concat',
    'a token is lost',
    set(1, { [choice('logprobs/content')]: [{ token: 'Sap', logprob: -1, bytes: [83, 97, 112], top_logprobs: [] }] }),
  ),
  weighed('chat.logprobs-concat', 'no logprobs on a piece', set(2, { [choice('logprobs')]: null })),
  of('chat', chat.logprobs)('chat.logprobs-concat', 'logprobs that nobody asked for', (events) => events),
  counted('chat.usage-missing', 'no usage chunk', drop(3)),
  counted('chat.usage-last', 'usage before the finish', swap(2)),
  counted('chat.usage-last', 'an empty chunk after it', insert(4, chunk([], { usage: null }))),
  counted('chat.usage-choices-empty', 'usage on a piece in the middle', all(set(1, { '/usage': usage }), drop(3))),
  counted('chat.usage-choices-empty', 'usage on the finishing chunk', all(set(2, { '/usage': usage }), drop(3))),
  counted('chat.usage-once', 'two usage chunks', repeat(3)),
  counted(
    'chat.usage-null',
    'no usage on the others',
    setAll({ '/usage': undefined }, (_data, index) => index < 3),
  ),
  of('chat', chat.withUsage)('chat.usage-unrequested', 'a usage chunk that nobody asked for', (events) => events),
  text('chat.usage-unrequested', 'usage on every chunk', setAll({ '/usage': usage })),
  counted('chat.usage-sum', 'a total that is no sum', set(3, { '/usage/total_tokens': 13 })),
  text('chat.empty-choices', 'a chunk without anything', insert(2, chunk([]))),
  sound('chat.audio-id-once', 'the id again', set(2, { [choice('delta/audio/id')]: 'audio_wren' })),
  sound('chat.audio-id-once', 'the expiry again', repeat(4)),
  plain('compl.nonempty', 'the sentinel only', () => [done]),
  plain('compl.object', 'the object of a chunk', setAll({ '/object': 'text_completion.chunk' })),
  plain('compl.id-const', 'another id', set(1, { '/id': 'cmpl-else' })),
  plain('compl.created-const', 'another time', set(1, { '/created': 1 })),
  plain('compl.model-const', 'another model', set(1, { '/model': 'own-model-9' })),
  plain('compl.choice-shape', 'no text', set(1, { [choice('text')]: undefined })),
  plain('compl.choice-shape', 'no text in the last piece', set(2, { [choice('text')]: undefined })),
  each('compl.choice-shape', 'no index in the last piece', set(5, { [choice('index')]: undefined })),
  plain('compl.choice-shape', 'no index', set(1, { [choice('index')]: undefined })),
  plain('compl.choice-shape', 'no choices', set(1, { '/choices': undefined })),
  plain('compl.finish-missing', 'no finish', set(2, { [choice('finish_reason')]: null })),
  plain('compl.finish-missing', 'a reason of its own', set(2, { [choice('finish_reason')]: 'eos' })),
  plain('compl.after-finish', 'finished twice', repeat(2)),
  plain(
    'compl.n-count',
    'a choice too many',
    insert(1, {
      data: { ...(chat.plain[2]?.data as JsonObject), choices: [{ text: 'x', index: 1, logprobs: null, finish_reason: 'stop' }] },
    }),
  ),
  of('compl', chat.plain, { n: 2 })('compl.n-count', 'one of two', (events) => events),
  of('compl', chat.plain, { prompts: 2 })('compl.n-count', 'one prompt of two', (events) => events),
  plainCounted('compl.usage-missing', 'no usage chunk', drop(2)),
  plainCounted('compl.usage-last', 'a chunk after it', swap(1)),
  plainCounted('compl.usage-choices-empty', 'usage on the last piece', all(set(1, { '/usage': usage }), drop(2))),
  plainCounted(
    'compl.usage-null',
    'no usage on the others',
    setAll({ '/usage': undefined }, (_data, index) => index < 2),
  ),
  of('compl', chat.counted)('compl.usage-unrequested', 'a usage chunk that nobody asked for', (events) => events),
  aligned('compl.logprobs-parallel', 'a list is short', set(0, { [choice('logprobs/token_logprobs')]: [] })),
  aligned(
    'compl.logprobs-parallel',
    'an offset falls',
    all(set(0, { [choice('logprobs/text_offset')]: [4] }), set(1, { [choice('logprobs/text_offset')]: [0] })),
  ),
];
