import type { JsonObject } from '../../../src/model/index.ts';
import { all, data, drop, insert, line, repeat, set, setAll, setWhere, swap } from './changes.ts';
import type { Change } from './changes.ts';
import type { Illegal } from './illegal-chat.ts';
import * as responses from './response-traces.ts';
import type { Sent } from '../../helpers/stream-tester/trace.ts';
import { numbered } from './trace.ts';

const { life, responseTraces, send } = responses;

/** A stream of the 2026 edition, numbered after the change. */
const of =
  (events: readonly Sent[], request: JsonObject = {}) =>
  (rule: string, how: string, change: Change): Illegal => ({
    rule,
    how,
    stream: 'resp',
    request,
    events,
    change: (sent) => numbered(change(sent)),
  });

/** The legal stream of that name, as it is. */
const named = (name: string): readonly Sent[] => responseTraces.find((trace) => trace.name === name)?.events ?? [];

const text = of(responses.text);
const call = of(responses.call);
const many = of(responses.many);
const image = of(named('an image'));
const shell = of(named('a shell and its output'));
const mcp = of(named('mcp'));
const code = of(named('a code interpreter'));
const complete = of(named('an item that opens complete'));
const broken = of(named('an mcp call that fails'));
const failed = of(named('failed'));
const flat = of(named('a flat error'));
const incomplete = of(named('incomplete'));
const background = of(named('a response in the background'));
const raw =
  (events: readonly Sent[], request: JsonObject = {}) =>
  (rule: string, how: string, change: Change): Illegal => ({ rule, how, stream: 'resp', request, events, change });
const asSent = raw(numbered(responses.text));
const early = raw(responses.call, { profile: '2025-03' });

const item = (index: number, id: string): readonly Sent[] => [
  send('response.output_item.added', { output_index: index, item: { id, type: 'compaction' } }),
  send('response.output_item.done', { output_index: index, item: { id, type: 'compaction' } }),
];
const drops = (pointer: string): Readonly<Record<string, undefined>> => ({ [pointer]: undefined });

/** One stream at least for every rule of the Responses API. */
export const illegalResponses: readonly Illegal[] = [
  text('sse.event-mismatch', 'another name', line(4, 'message')),
  text('sse.event-absent', 'no event lines', (events) => events.map(({ data }) => ({ data }))),
  text('resp.type', 'no type', set(5, drops('/type'))),
  text('resp.field-required', 'no content_index', set(5, drops('/content_index'))),
  text('resp.field-required', 'no delta', set(5, drops('/delta'))),
  text('resp.field-required', 'no item_id', set(5, drops('/item_id'))),
  text('resp.field-required', 'no output_index', set(5, drops('/output_index'))),
  text('resp.field-required', 'no item', set(9, drops('/item'))),
  text('resp.field-required', 'no response', set(1, drops('/response'))),
  failed('resp.error-detail', 'failed without the member', set(2, drops('/response/error'))),
  text('resp.field-required', 'no part', set(3, drops('/part'))),
  many('resp.field-required', 'no type of a summary', set(3, drops('/part/type'))),
  of(named('a code interpreter'))('resp.field-required', 'no item_id of the progress of code', set(3, drops('/item_id'))),
  text('resp.unknown-event', 'an event of its own', insert(5, send('response.thinking', {}))),
  text('resp.unknown-event', 'a delta under another name', all(set(5, { '/type': 'response.text.delta' }), line(5, 'response.text.delta'))),
  of(named('a code interpreter'))('resp.unknown-event', 'the spelling of 2025-03', (events) =>
    events.map((sent) => JSON.parse(JSON.stringify(sent).replaceAll('interpreter_call_code.', 'interpreter_call.code.')) as Sent),
  ),
  text('resp.unknown-event', 'rate limits before the end', insert(5, send('response.rate_limits.updated', {}))),
  text('resp.created-first', 'no response.created', drop(0)),
  text('resp.created-first', 'neither created nor in_progress', drop(0, 2)),
  text('resp.created-once', 'created twice', repeat(0)),
  text('resp.in-progress', 'no response.in_progress', drop(1)),
  text('resp.lifecycle-order', 'in_progress twice', repeat(1)),
  text('resp.lifecycle-order', 'in_progress after an item', swap(1)),
  background('resp.lifecycle-order', 'queued after in_progress', swap(1)),
  text(
    'resp.lifecycle-snapshot',
    'output before any item',
    set(0, { '/response/output': [{ id: 'msg_x', type: 'message', content: [] }] }),
  ),
  text('resp.lifecycle-snapshot', 'output in in_progress', set(1, { '/response/output': [{ id: 'msg_x', type: 'message', content: [] }] })),
  text('resp.response-const', 'another id at the end', set(10, { '/response/id': 'resp_else' })),
  text('resp.response-const', 'another creation time', set(1, { '/response/created_at': 1 })),
  text('resp.status-match', 'completed while in progress', set(10, { '/response/status': 'in_progress' })),
  text('resp.status-match', 'created as completed', set(0, { '/response/status': 'completed' })),
  failed('resp.status-match', 'failed as completed', set(2, { '/response/status': 'completed' })),
  failed('resp.error-detail', 'failed without an error', set(2, { '/response/error': null })),
  text('resp.error-detail', 'completed with an error', set(10, { '/response/error': { code: 'x', message: 'y' } })),
  text('resp.error-detail', 'completed with a reason', set(10, { '/response/incomplete_details': { reason: 'max_output_tokens' } })),
  incomplete('resp.error-detail', 'incomplete without a reason', set(-1, { '/response/incomplete_details': null })),
  text('resp.terminal-missing', 'no end', drop(10)),
  text('resp.terminal-missing', 'cut within the text', drop(6, 5)),
  text('resp.terminal-missing', 'nothing at all', () => []),
  flat('resp.terminal-missing', 'an error, and no failed', drop(-1)),
  text('resp.after-terminal', 'completed twice', repeat(10)),
  text('resp.after-terminal', 'an item after the end', insert(99, ...item(1, 'cmp_late'))),
  text('resp.trailing', 'rate limits after the end', insert(99, send('response.rate_limits.updated', {}))),
  text('resp.trailing', 'keepalive after the end', insert(99, send('keepalive', {}))),
  flat('resp.error-then-failed', 'an item between the two', insert(3, item(0, 'cmp_x')[0] as Sent)),
  text('resp.usage', 'usage at the start', set(0, { '/response/usage': { total_tokens: 1 } })),
  text('resp.usage', 'no usage at the end', set(10, drops('/response/usage'))),
  asSent('sse.json', 'two events in one', all(drop(0), data(0, '{"type":"response.created"}{"type":"response.in_progress"}'))),
  asSent('sse.json', 'half of an item', data(2, '{"type":')),
  asSent('resp.seq-missing', 'one event without', set(5, drops('/sequence_number'))),
  asSent('resp.seq-missing', 'the first event without', set(0, drops('/sequence_number'))),
  raw(responses.text, { profile: '2026' })('resp.seq-missing', 'none at all', (events) => events),
  early('resp.seq-step', 'numbers that start late, in an edition that has none', (events) => [
    ...events.slice(0, 4),
    ...numbered(events.slice(4), 9),
  ]),
  asSent('resp.seq', 'one number twice', set(5, { '/sequence_number': 4 })),
  asSent('resp.seq', 'all zero', setAll({ '/sequence_number': 0 })),
  asSent('resp.seq-step', 'a gap', (events) => [...events.slice(0, 5), ...numbered(events.slice(5), 7)]),
  asSent('resp.seq-step', 'from 1', (events) => numbered(events, 1)),
  raw(numbered(responses.text).slice(4), { starting_after: 3 })('resp.resume', 'an event again', (events) => numbered(events, 3)),
  raw(numbered(responses.text).slice(4), { starting_after: 3 })('resp.seq-step', 'resumed too late', (events) => numbered(events, 6)),
  raw(numbered(responses.text), { starting_after: -1 })('resp.created-once', 'created in a resumed stream', (events) => events),
  text('resp.item-open-order', 'the first item is number 1', setWhere('/output_index', 0, 1)),
  many('resp.item-open-order', 'two items of one index', all(setWhere('/output_index', 1, 0))),
  text(
    'resp.item-id',
    'an empty id',
    all(setWhere('/item/id', 'msg_brook', ''), setWhere('/item_id', 'msg_brook', ''), set(10, { '/response/output/0/id': '' })),
  ),
  many(
    'resp.item-id-unique',
    'two items of one id',
    all(
      setWhere('/item/id', 'ws_brook', 'rs_brook'),
      setWhere('/item_id', 'ws_brook', 'rs_brook'),
      set(-1, { '/response/output/1/id': 'rs_brook' }),
    ),
  ),
  call('resp.call-id', 'no call_id', all(setWhere('/item/call_id', 'call_brook', ''), set(-1, { '/response/output/0/call_id': '' }))),
  call('resp.call-id', 'no name', all(setWhere('/item/name', 'depth', ''), set(-1, { '/response/output/0/name': '' }))),
  text('resp.item-ref', 'no item was added', drop(2)),
  text('resp.item-ref', 'a delta of another item', set(5, { '/item_id': 'msg_else' })),
  text('resp.item-ref', 'a delta of another index', set(5, { '/output_index': 3 })),
  text('resp.item-ref', 'placeholder ids on all deltas', setWhere('/item_id', 'msg_brook', 'item_0')),
  text(
    'resp.item-kind',
    'arguments for a message',
    all(set(5, { '/type': 'response.function_call_arguments.delta' }), line(5, 'response.function_call_arguments.delta')),
  ),
  call(
    'resp.item-kind',
    'a part in a function call',
    insert(
      3,
      send('response.content_part.added', {
        item_id: 'fc_brook',
        output_index: 0,
        content_index: 0,
        part: { type: 'output_text', text: '', annotations: [] },
      }),
    ),
  ),
  many('resp.item-serial', 'the next item opens too early', swap(12)),
  text('resp.item-after-done', 'a delta', insert(10, responses.text[5] as Sent)),
  text('resp.item-after-done', 'done twice', repeat(9)),
  text('resp.item-unclosed', 'the item is never done', drop(9)),
  call('resp.item-unclosed', 'the call is never done', drop(6)),
  call('resp.item-done-identity', 'another id', set(6, { '/item/id': 'fc_else' })),
  call('resp.item-done-identity', 'another call_id', set(6, { '/item/call_id': 'call_else' })),
  text(
    'resp.item-status',
    'done in progress',
    all(set(9, { '/item/status': 'in_progress' }), set(10, { '/response/output/0/status': 'in_progress' })),
  ),
  text('resp.item-status', 'added as completed', set(2, { '/item/status': 'completed' })),
  call('resp.open-empty', 'arguments at opening', set(2, { '/item/arguments': '{"m":2}' })),
  text('resp.open-empty', 'text in the part at opening', set(3, { '/part/text': 'Cold' })),
  text('resp.open-empty', 'content at opening', set(2, { '/item/content': [{ type: 'output_text', text: '' }] })),
  many('resp.open-empty', 'a summary at opening', set(2, { '/item/summary': [{ type: 'summary_text', text: 'F' }] })),
  text('resp.part-open-order', 'the first part is number 1', setWhere('/content_index', 0, 1)),
  text('resp.part-open-order', 'only where it is added', set(3, { '/content_index': 1 })),
  many('resp.part-open-order', 'the first summary is number 1', setWhere('/summary_index', 0, 1)),
  text('resp.part-ref', 'no part was added', drop(3)),
  text('resp.part-ref', 'a delta of another part', set(5, { '/content_index': 2 })),
  many('resp.part-ref', 'no summary part was added', drop(3)),
  text('resp.part-kind', 'a refusal for text', all(set(5, { '/type': 'response.refusal.delta' }), line(5, 'response.refusal.delta'))),
  many(
    'resp.part-kind',
    'a text part in reasoning',
    all(
      set(8, { '/part/type': 'output_text', '/part/annotations': [] }),
      set(11, { '/part/type': 'output_text', '/part/annotations': [] }),
    ),
  ),
  text('resp.part-serial', 'a second part before the first is done', (events) => {
    const second = (place: number): Sent => set(0, { '/content_index': 1 })([events[place] as Sent])[0] as Sent;
    return [...events.slice(0, 4), second(3), ...events.slice(4, 9), ...[4, 5, 6, 7, 8].map(second), ...twice(events.slice(9))];
  }),
  text('resp.text-done', 'no output_text.done', drop(7)),
  many('resp.text-done', 'no done for the summary', drop(6)),
  shell('resp.part-unclosed', 'no done for the command', drop(6)),
  call('resp.field-done-missing', 'no done for the arguments', drop(5)),
  text('resp.part-unclosed', 'no content_part.done', drop(8)),
  { ...text('resp.part-after-done', 'a delta after the text is done', swap(6)), also: 'resp.text-equals' },
  text('resp.part-after-done', 'a delta after the part is done', insert(9, responses.text[5] as Sent)),
  text('resp.part-after-done', 'text done twice', repeat(7)),
  call('resp.part-after-done', 'a delta after the arguments are done', insert(6, responses.call[4] as Sent)),
  call('resp.part-after-done', 'arguments done twice', repeat(5)),
  text('resp.text-equals', 'another text', set(7, { '/text': 'Cold and murky.' })),
  text('resp.text-equals', 'a delta is lost', drop(5)),
  text('resp.text-equals', 'a delta twice', repeat(5)),
  text('resp.text-equals', 'two deltas change places', swap(4)),
  call('resp.text-equals', 'other arguments', set(5, { '/arguments': '{"m":3}' })),
  many('resp.text-equals', 'another summary', set(6, { '/text': 'Stay.' })),
  shell('resp.text-equals', 'another command', set(6, { '/command': 'ls' })),
  text('resp.part-equals', 'another text in the part', set(8, { '/part/text': 'Cold and murky.' })),
  text('resp.part-equals', 'another type', set(8, { '/part/type': 'refusal', '/part/refusal': 'Cold and clear.' })),
  text('resp.item-equals', 'no content in the item', all(set(9, { '/item/content': [] }), set(10, { '/response/output/0/content': [] }))),
  text(
    'resp.item-equals',
    'another text in the item',
    all(set(9, { '/item/content/0/text': 'x' }), set(10, { '/response/output/0/content/0/text': 'x' })),
  ),
  call(
    'resp.item-equals',
    'other arguments in the item',
    all(set(6, { '/item/arguments': '{}' }), set(7, { '/response/output/0/arguments': '{}' })),
  ),
  call(
    'resp.item-equals',
    'another name in the item',
    all(set(6, { '/item/name': 'width' }), set(7, { '/response/output/0/name': 'width' })),
  ),
  shell(
    'resp.item-equals',
    'another command in the item',
    all(set(7, { '/item/action/commands': ['ls'] }), set(-1, { '/response/output/0/action/commands': ['ls'] })),
  ),
  text('resp.output-equals', 'no output at the end', set(10, { '/response/output': [] })),
  text('resp.output-equals', 'another id at the end', set(10, { '/response/output/0/id': 'msg_else' })),
  many('resp.output-equals', 'an item is lost at the end', set(27, drops('/response/output/1'))),
  incomplete('resp.output-equals', 'another text at the end', set(-1, { '/response/output/0/content/0/text': 'x' })),
  many('resp.annotation-index', 'from 1', all(set(22, { '/annotation_index': 1 }), set(23, { '/annotation_index': 2 }))),
  many('resp.annotation-index', 'one number twice', set(23, { '/annotation_index': 0 })),
  many('resp.annotation-equals', 'the part lists none', set(25, { '/part/annotations': [] })),
  many('resp.annotation-equals', 'an annotation is lost', drop(23)),
  many('resp.progress-order', 'searching first', swap(14)),
  many('resp.progress-order', 'searching twice', repeat(15)),
  many('resp.progress-order', 'never completed', drop(16)),
  broken('resp.progress-order', 'arguments before in_progress', swap(3)),
  broken('resp.progress-order', 'failed before the arguments are done', swap(5)),
  code('resp.progress-order', 'interpreting before the code is done', swap(6)),
  complete('resp.item-ref', 'done before it is added', swap(2)),
  broken('resp.progress-order', 'neither completed nor failed', drop(6)),
  image('resp.progress-order', 'a partial image again', repeat(5)),
  image('resp.progress-order', 'a partial image before generating', swap(4)),
  mcp('resp.progress-order', 'completed, then in_progress', swap(3)),
  text('resp.logprobs', 'tokens of another text', set(5, { '/logprobs': [{ token: 'x', logprob: -1, bytes: [120], top_logprobs: [] }] })),
  flat('resp.error-fields', 'no message', set(2, drops('/message'))),
  flat('resp.error-fields', 'no param', set(2, drops('/param'))),
  early('resp.text-equals', 'a fragment is lost, without numbers to show it', drop(3)),
  early('resp.unknown-event', 'an event of its own', insert(3, send('response.thinking', {}))),
  text('resp.error-then-failed', 'completed after an error', insert(9, send('error', { code: 'x', message: 'y', param: null }))),
  text('resp.item-unclosed', 'an item opens and nothing more', insert(10, item(1, 'cmp_x')[0] as Sent)),
  text('resp.status-match', 'in_progress as queued', (events) => [events[0] as Sent, life('in_progress', 'queued'), ...events.slice(2)]),
  many('resp.item-ref', 'the search is done under another index', set(17, { '/output_index': 7 })),
];

function twice(events: readonly Sent[]): readonly Sent[] {
  return events.map((sent) => {
    const changed = JSON.stringify(sent).replace(/"content":\[(\{.*?\})\]/, '"content":[$1,$1]');
    return JSON.parse(changed) as Sent;
  });
}
