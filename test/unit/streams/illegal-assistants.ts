import type { JsonObject } from '../../../src/model/index.ts';
import * as assistants from './assistant-traces.ts';
import { all, data, drop, insert, line, move, repeat, set, setAll, swap } from './changes.ts';
import type { Change } from './changes.ts';
import type { Illegal } from './illegal-chat.ts';
import type { Sent } from '../../helpers/stream-tester/trace.ts';

const { assistantTraces, runEvent } = assistants;

const of =
  (events: readonly Sent[], request: JsonObject = { mode: 'run' }) =>
  (rule: string, how: string, change: Change): Illegal => ({ rule, how, stream: 'asst', request, events, change });

const named = (name: string): readonly Sent[] => assistantTraces.find((trace) => trace.name === name)?.events ?? [];

const message = of(assistants.message);
const action = of(assistants.requiresAction);
const code = of(assistants.codeAndMessage);
const thread = of(named('a new thread'), { mode: 'thread_and_run' });
const submitted = of(named('outputs submitted'), { mode: 'submit' });
const cited = of(named('two parts and an annotation'));
const cancelled = of(named('cancelled while queued'));
const failing = of(named('an error'));
const usage = { total_tokens: 1 };
const failed = named('an error').at(-1) as Sent;
const otherDelta = set(0, { '/id': 'step_else' })([assistants.codeAndMessage[6] as Sent])[0] as Sent;
const call = '/delta/step_details/tool_calls/0';
const again = (id: string): Change =>
  all(
    (events) => [...events.slice(0, 12), ...events.slice(3, 12), ...events.slice(12)],
    (events) =>
      events.map((sent, index) =>
        index >= 12 && index < 21
          ? (JSON.parse(JSON.stringify(sent).replaceAll('step_one', 'step_two').replaceAll('msg_shell', id)) as Sent)
          : sent,
      ),
  );

/** One stream at least for every rule of assistant runs. */
export const illegalAssistants: readonly Illegal[] = [
  message('sse.event-line', 'no event lines', (events) => events.map((sent) => ({ data: sent.data }))),
  message('sse.event-line', 'one event without its line', line(8, undefined)),
  message('sse.event-line', 'a sentinel without its line', line(13, undefined)),
  message('sse.done-missing', 'no sentinel', drop(13)),
  message('sse.json', 'half of the first event', data(0, '{"id":')),
  code('sse.json', 'half of a step', data(3, '{"id":')),
  message('sse.done-missing', 'a sentinel that is an object', data(13, {})),
  message('sse.after-done', 'an event after the sentinel', insert(99, runEvent('completed'))),
  failing('sse.error-last', 'an event after the error', insert(99, runEvent('failed'))),
  message('sse.error-last', 'a whole run after the error', insert(2, failed)),
  failing('sse.error-shape', 'an error without a message', set(3, { '/error': {} })),
  failing('asst.error', 'a flat error', set(3, { '/error': undefined, '/message': 'Storm.', '/code': null, '/param': null, '/type': 'x' })),
  message('asst.event-object', 'a run that is a thread', set(1, { '/object': 'thread' })),
  message('asst.event-object', 'a delta that is a message', set(8, { '/object': 'thread.message' })),
  message('asst.event-object', 'a run in a wrapper', set(1, { '': { event: 'thread.run.queued', data: {} } })),
  message('asst.event-object', 'a step without object', set(4, { '/object': undefined })),
  message('asst.event-status', 'completed while in progress', set(12, { '/status': 'in_progress' })),
  message('asst.event-status', 'a step created as completed', set(3, { '/status': 'completed' })),
  message('asst.event-status', 'a message that completes in progress', set(10, { '/status': 'in_progress' })),
  message('asst.unknown-event', 'an event of its own', insert(5, { event: 'thread.run.thinking', data: { id: 'x' } })),
  thread('asst.thread-created', 'no thread.created', drop(0)),
  thread('asst.thread-created', 'thread.created second', swap(0)),
  thread('asst.thread-created', 'thread.created twice', repeat(0)),
  message('asst.thread-created', 'a thread that was there', insert(0, named('a new thread')[0] as Sent)),
  message('asst.run-created', 'no run.created', drop(0)),
  message('asst.run-created', 'run.created twice', repeat(0)),
  submitted('asst.run-created', 'run.created when outputs are submitted', insert(1, assistants.message[0] as Sent)),
  message('asst.one-run', 'another run at the end', set(12, { '/id': 'run_else' })),
  message('asst.ids', 'a step of another run', set(3, { '/run_id': 'run_else' })),
  message('asst.ids', 'a message of another thread', set(5, { '/thread_id': 'thread_else' })),
  message('asst.ids', 'a run that is younger at the end', set(12, { '/created_at': 1 })),
  message('asst.ids', 'a step that is younger at the end', set(11, { '/created_at': 1 })),
  message('asst.ids', 'a step that is younger in progress', set(4, { '/created_at': 1 })),
  message('asst.ids', 'a message that is younger in progress', set(6, { '/created_at': 1 })),
  message('asst.ids', 'a message of no run', set(5, { '/run_id': null })),
  thread('asst.ids', 'another thread than was created', set(0, { '/id': 'thread_else' })),
  submitted('asst.run-created', 'run.created before the step that waited', insert(0, assistants.message[0] as Sent)),
  message('asst.run-transition', 'back to queued', insert(3, assistants.message[1] as Sent)),
  message('asst.run-transition', 'in_progress twice', repeat(2)),
  cancelled('asst.run-transition', 'cancelling goes back', insert(3, runEvent('in_progress'))),
  message('asst.terminal-missing', 'done without an end', drop(12)),
  message('asst.terminal-missing', 'nothing at all', () => []),
  message('asst.after-terminal', 'completed twice', repeat(12)),
  message('asst.after-terminal', 'a message after the end', insert(13, assistants.message[8] as Sent)),
  action('asst.after-terminal', 'goes on after requires_action', insert(11, runEvent('in_progress'))),
  code('asst.step-open', 'a step that was never created', drop(3)),
  code('asst.step-open', 'a step that only ends', drop(3, 6)),
  message('asst.step-created-once', 'created twice', repeat(3)),
  code('asst.step-created-once', 'created again among the deltas', insert(7, assistants.codeAndMessage[3] as Sent)),
  code('asst.step-created-once', 'created again after its end', insert(10, assistants.codeAndMessage[3] as Sent)),
  code('asst.step-delta-open', 'deltas of an unknown step', drop(3, 2)),
  code('asst.step-delta-open', 'a delta of another step', set(6, { '/id': 'step_else' })),
  code('asst.step-delta-open', 'a delta of another step between two', insert(10, otherDelta)),
  code('asst.step-serial', 'two open steps', move(9, 12)),
  code('asst.step-in-progress', 'no step.in_progress', drop(4)),
  code('asst.step-in-progress', 'step.in_progress twice', repeat(4)),
  code('asst.step-after-terminal', 'a delta after the end', insert(10, assistants.codeAndMessage[7] as Sent)),
  code('asst.step-after-terminal', 'completed twice', repeat(9)),
  code('asst.step-after-terminal', 'another end', all(repeat(9), line(10, 'thread.run.step.failed'), set(10, { '/status': 'failed' }))),
  message('asst.step-unclosed', 'the step never ends', drop(11)),
  action('asst.step-delta-index', 'no index', set(6, { [`${call}/index`]: undefined })),
  action(
    'asst.step-delta-index',
    'the first call is number 1',
    all(
      setAll({ [`${call}/index`]: 2 }, (_data, index) => index >= 8 && index <= 9),
      setAll({ [`${call}/index`]: 1 }, (_data, index) => index >= 5 && index <= 7),
    ),
  ),
  code('asst.step-delta-index', 'an output without index', set(8, { [`${call}/code_interpreter/outputs/0/index`]: undefined })),
  code('asst.step-delta-index', 'the first output is number 2', set(8, { [`${call}/code_interpreter/outputs/0/index`]: 2 })),
  action('asst.step-delta-identity', 'the id again', set(6, { [`${call}/id`]: 'call_net' })),
  action('asst.step-delta-identity', 'the name again', set(6, { [`${call}/function/name`]: 'cast' })),
  action('asst.step-delta-identity', 'an id in the delta', set(5, { '/delta/id': 'step_tool' })),
  code('asst.step-equals', 'other code at the end', set(9, { '/step_details/tool_calls/0/code_interpreter/input': '3+5' })),
  code('asst.step-equals', 'no call at the end', set(9, { '/step_details/tool_calls': [] })),
  code('asst.step-equals', 'an output is lost', drop(8)),
  code('asst.step-equals', 'a piece of code is lost', drop(7)),
  message('asst.step-equals', 'another message at the end', set(11, { '/step_details/message_creation/message_id': 'msg_else' })),
  message('asst.msg-open', 'no message.created', drop(5)),
  message('asst.msg-open', 'a delta of another message', set(8, { '/id': 'msg_else' })),
  message('asst.msg-open', 'neither created nor in_progress', drop(5, 2)),
  message('asst.msg-after-terminal', 'a delta after the end', insert(11, assistants.message[8] as Sent)),
  message('asst.msg-after-terminal', 'completed twice', repeat(10)),
  message('asst.msg-single', 'created twice', repeat(5)),
  message('asst.msg-single', 'an id again', again('msg_shell')),
  message('asst.msg-in-progress', 'no message.in_progress', drop(6)),
  message('asst.msg-in-progress', 'in_progress after a delta', swap(6)),
  message('asst.msg-in-progress', 'in_progress twice', repeat(6)),
  message(
    'asst.msg-step-link',
    'another message than the step names',
    setAll({ '/id': 'msg_else' }, (payload) => payload['id'] === 'msg_shell'),
  ),
  message('asst.msg-step-link', 'another message while in progress', set(4, { '/step_details/message_creation/message_id': 'msg_else' })),
  message('asst.msg-step-link', 'the step ends first', swap(10)),
  message('asst.msg-step-link', 'no step at all', all(drop(11), drop(3, 2))),
  message(
    'asst.msg-created-empty',
    'content at creation',
    set(5, { '/content': [{ type: 'text', text: { value: 'H', annotations: [] } }] }),
  ),
  message('asst.msg-delta-index', 'no index', set(8, { '/delta/content/0/index': undefined })),
  message(
    'asst.msg-delta-index',
    'the first part is number 1',
    setAll({ '/delta/content/0/index': 1 }, (payload) => payload['object'] === 'thread.message.delta'),
  ),
  cited('asst.msg-delta-index', 'the first annotation is number 1', set(8, { '/delta/content/0/text/annotations/0/index': 1 })),
  message('asst.msg-type-const', 'another type', set(8, { '/delta/content/0/type': 'image_file' })),
  message('asst.msg-equals', 'another text at the end', set(10, { '/content/0/text/value': 'Low tide.' })),
  message('asst.msg-equals', 'a delta is lost', drop(8)),
  message('asst.msg-equals', 'a delta twice', repeat(8)),
  message('asst.msg-equals', 'no content at the end', set(10, { '/content': [] })),
  cited('asst.msg-equals', 'no annotation at the end', set(11, { '/content/0/text/annotations': [] })),
  message('asst.msg-unclosed', 'the message never ends', drop(10)),
  action(
    'asst.requires-action',
    'other arguments',
    set(10, { '/required_action/submit_tool_outputs/tool_calls/0/function/arguments': '{"d":8}' }),
  ),
  action('asst.requires-action', 'a call is not listed', set(10, { '/required_action/submit_tool_outputs/tool_calls/1': undefined })),
  action('asst.requires-action', 'another id', set(10, { '/required_action/submit_tool_outputs/tool_calls/1/id': 'call_else' })),
  action('asst.requires-action', 'no action', set(10, { '/required_action': null })),
  action('asst.requires-action', 'a fragment is lost', drop(6)),
  message('asst.requires-action', 'an action in between', set(2, { '/required_action': { type: 'submit_tool_outputs' } })),
  message('asst.usage-early', 'usage while in progress', set(2, { '/usage': usage })),
  message('asst.usage-early', 'usage of a step in progress', set(4, { '/usage': usage })),
  action('asst.usage-early', 'usage at requires_action', set(10, { '/usage': usage })),
  message('asst.usage-final', 'no usage at the end', set(12, { '/usage': null })),
  message('asst.run-in-progress', 'a step while created', move(2, 3)),
  message('asst.event-object', 'a message without an id', set(8, { '/id': undefined })),
];
