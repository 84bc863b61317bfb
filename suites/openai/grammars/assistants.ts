import type { Assertion, EventRow, Step, StreamGrammar, Test } from 'assay/pack';
import { messageEntity, messageGoes, messageGoesOnce, stepEntity, stepGoes, stepGoesOnce } from './assistants-entities.ts';
import { assistantsRules } from './assistants-rules.ts';

const submits: Test = { eq: ['?.mode', 'submit'] };
const runIsKnown: Test = { any: [{ seen: 'run created' }, submits, { not: { has: '?.mode' } }] };
const runCreated: Assertion = { rule: 'asst.run-created', that: runIsKnown, expected: 'thread.run.created before' };
const isObject = (object: string): Assertion => ({
  rule: 'asst.event-object',
  that: { eq: ['object', object] },
  at: 'object',
  expected: object,
});
const isStatus = (status: string): Assertion => ({
  rule: 'asst.event-status',
  that: { eq: ['status', status] },
  at: 'status',
  expected: status,
});
const noUsage: Assertion = { rule: 'asst.usage-early', that: { not: { has: 'usage' } }, at: 'usage', expected: 'null before the end' };
const noAction: Assertion = {
  rule: 'asst.requires-action',
  that: { not: { has: 'required_action' } },
  at: 'required_action',
  expected: 'null',
};

/** One life-cycle event of the run. */
const run = (to: string, status: string, checks: readonly Assertion[], more: Partial<EventRow> = {}): EventRow => ({
  required: { id: 'nonempty' },
  checks: [isObject('thread.run'), isStatus(status), ...checks],
  do: [
    { move: 'run', to, rule: 'asst.run-transition', ...(to === 'created' ? { when: { not: { seen: 'run' } } } : {}) },
    { mark: 'run' },
    ...(to === 'created' ? [] : [{ mark: 'run goes' }]),
    { mark: `run ${to}` },
  ],
  ...more,
});
/** The schema lets a message have no run; one that comes in the stream of a run has it. */
const ofRun: Assertion = { rule: 'asst.ids', that: { is: ['run_id', 'nonempty'] }, at: 'run_id', expected: 'the run of the stream' };
const runEvents = [
  'thread.run.created',
  'thread.run.queued',
  'thread.run.in_progress',
  'thread.run.cancelling',
  'thread.run.requires_action',
  'thread.run.completed',
  'thread.run.incomplete',
  'thread.run.failed',
  'thread.run.cancelled',
  'thread.run.expired',
];
const ends: Partial<EventRow> = { terminal: true, settles: ['message', 'step'] };

const step = (more: Step): Step => ({ entity: 'step', key: 'id', action: 'touch', ...more });
const stepEvent = (status: string, checks: readonly Assertion[], more: Step): EventRow => ({
  required: { id: 'nonempty' },
  checks: [isObject('thread.run.step'), isStatus(status), runCreated, ...checks],
  inside: [step({ object: '', ...more })],
});
/** The step that waited for the outputs ends before the run goes on. */
const waits: Test = {
  any: [{ all: [submits, { not: { seen: 'run goes' } }] }, { all: [{ not: { has: '?.mode' } }, { not: { seen: 'run' } }] }],
};
const stepEnd = (status: string): EventRow => stepEvent(status, [], { action: 'close', unknownWhen: waits });

const message = (more: Step): Step => ({ entity: 'message', key: 'id', action: 'touch', ...more });
const messageEvent = (status: string, more: Step): EventRow => ({
  required: { id: 'nonempty' },
  checks: [isObject('thread.message'), isStatus(status), runCreated, ofRun],
  inside: [message({ object: '', ...more })],
});
const indexed = (entity: string, each: string, rule: string, more: Step = {}): Step => ({
  each,
  entity,
  key: 'index',
  action: 'auto',
  shape: [{ rule, that: { is: ['index', 'integer'] }, at: 'index', expected: 'an integer', stop: true }],
  ...more,
});

/** The streams of assistant runs: named events whose payload is the bare object, or a delta of it. */
export const assistants: StreamGrammar = {
  id: 'asst',
  operations: ['createRun', 'createThreadAndRun', 'submitToolOuputsToRun'],
  framing: { type: { from: 'event-line' }, eventLine: 'require', sentinel: { data: '[DONE]', policy: 'require', event: 'done' } },
  request: { mode: { byOperation: { createRun: 'run', createThreadAndRun: 'thread_and_run', submitToolOuputsToRun: 'submit' } } },
  recognise: { in: ['object', ['thread', 'thread.run', 'thread.run.step', 'thread.message']] },
  nonempty: 'asst.terminal-missing',
  unknownEvent: 'asst.unknown-event',
  requiredRule: 'asst.event-object',
  first: [{ type: 'thread.created', rule: 'asst.thread-created', when: { eq: ['?.mode', 'thread_and_run'] } }],
  constants: [
    { name: 'run', path: 'id', rule: 'asst.one-run', events: runEvents },
    { name: 'run', path: 'run_id', rule: 'asst.ids' },
    { name: 'thread', path: 'thread_id', rule: 'asst.ids' },
    { name: 'thread', path: 'id', rule: 'asst.ids', events: ['thread.created'] },
    { name: 'created_at', path: 'created_at', rule: 'asst.ids', events: runEvents },
  ],
  machines: {
    run: {
      created: ['queued', 'in_progress', 'failed', 'cancelling', 'cancelled', 'expired'],
      queued: ['in_progress', 'failed', 'cancelling', 'cancelled', 'expired'],
      in_progress: ['requires_action', 'completed', 'incomplete', 'failed', 'cancelling', 'cancelled', 'expired'],
      cancelling: ['cancelled', 'completed', 'failed', 'incomplete', 'expired'],
    },
  },
  events: {
    'thread.created': {
      required: { id: 'nonempty' },
      checks: [
        isObject('thread'),
        {
          rule: 'asst.thread-created',
          when: { all: [{ has: '?.mode' }, { not: { eq: ['?.mode', 'thread_and_run'] } }] },
          expected: 'no new thread',
        },
        { rule: 'asst.thread-created', that: { firstEvent: true }, expected: 'thread.created as the first event' },
      ],
    },
    'thread.run.created': run('created', 'queued', [
      { rule: 'asst.run-created', when: { any: [{ seen: 'run created' }, submits] }, expected: 'once, and not when outputs are submitted' },
      noUsage,
      noAction,
    ]),
    'thread.run.queued': run('queued', 'queued', [runCreated, noUsage, noAction]),
    'thread.run.in_progress': run('in_progress', 'in_progress', [runCreated, noUsage, noAction]),
    'thread.run.cancelling': run('cancelling', 'cancelling', [runCreated, noUsage, noAction]),
    'thread.run.requires_action': run('requires_action', 'requires_action', [runCreated, noUsage], {
      terminal: true,
      settles: ['message'],
      equals: [
        {
          rule: 'asst.requires-action',
          at: 'required_action.submit_tool_outputs.tool_calls',
          from: { openChildren: 'step', merged: 'step_details.tool_calls', where: ['type', 'function'] },
          ignore: ['output'],
        },
      ],
    }),
    'thread.run.completed': run(
      'completed',
      'completed',
      [runCreated, noAction, { rule: 'asst.usage-final', that: { has: 'usage' }, at: 'usage', expected: 'the usage of the run' }],
      ends,
    ),
    'thread.run.incomplete': run('incomplete', 'incomplete', [runCreated, noAction], ends),
    'thread.run.failed': run('failed', 'failed', [runCreated, noAction], ends),
    'thread.run.cancelled': run('cancelled', 'cancelled', [runCreated, noAction], ends),
    'thread.run.expired': run('expired', 'expired', [runCreated, noAction], ends),
    'thread.run.step.created': stepEvent(
      'in_progress',
      [
        noUsage,
        { rule: 'asst.run-in-progress', that: { seen: 'run in_progress' }, expected: 'thread.run.in_progress before the first step' },
      ],
      { action: 'open' },
    ),
    'thread.run.step.in_progress': stepEvent('in_progress', [noUsage], { checks: stepGoesOnce, do: [{ mark: '@in_progress' }] }),
    'thread.run.step.delta': {
      required: { id: 'nonempty', delta: 'object' },
      checks: [isObject('thread.run.step.delta')],
      inside: [
        step({
          unknown: 'asst.step-delta-open',
          checks: [
            stepGoes,
            { rule: 'asst.step-delta-identity', when: { present: 'delta.id' }, at: 'delta.id', expected: 'no id in the delta' },
          ],
          do: [{ merge: 'delta' }],
          inside: [
            indexed('call', 'delta.step_details.tool_calls', 'asst.step-delta-index', {
              do: [{ once: ['id', 'function.name'], rule: 'asst.step-delta-identity' }],
              inside: [indexed('output', 'code_interpreter.outputs', 'asst.step-delta-index')],
            }),
          ],
        }),
      ],
    },
    'thread.run.step.completed': stepEnd('completed'),
    'thread.run.step.failed': stepEnd('failed'),
    'thread.run.step.cancelled': stepEnd('cancelled'),
    'thread.run.step.expired': stepEnd('expired'),
    'thread.message.created': messageEvent('in_progress', { action: 'open' }),
    'thread.message.in_progress': messageEvent('in_progress', { checks: messageGoesOnce, do: [{ mark: '@in_progress' }] }),
    'thread.message.delta': {
      required: { id: 'nonempty', delta: 'object' },
      checks: [isObject('thread.message.delta')],
      inside: [
        message({
          checks: [messageGoes],
          do: [{ merge: 'delta' }],
          inside: [
            indexed('part', 'delta.content', 'asst.msg-delta-index', {
              inside: [indexed('annotation', 'text.annotations', 'asst.msg-delta-index')],
            }),
          ],
        }),
      ],
    },
    'thread.message.completed': messageEvent('completed', { action: 'close' }),
    'thread.message.incomplete': messageEvent('incomplete', { action: 'close' }),
    error: {
      error: true,
      checks: [
        { rule: 'asst.error', that: { is: ['error', 'object'] }, at: 'error', expected: 'an object in error' },
        {
          rule: 'sse.error-shape',
          that: { any: [{ is: ['error.message', 'nonempty'] }, { is: ['message', 'nonempty'] }] },
          at: 'error.message',
          expected: 'a message',
        },
      ],
    },
  },
  entities: {
    step: stepEntity,
    message: messageEntity,
    call: { order: 'asst.step-delta-index' },
    output: { order: 'asst.step-delta-index' },
    part: { order: 'asst.msg-delta-index', kind: { path: 'type', rule: 'asst.msg-type-const' } },
    annotation: { order: 'asst.msg-delta-index' },
  },
  terminal: { missing: 'asst.terminal-missing', after: 'asst.after-terminal' },
  ignore: ['index'],
  union: { component: 'AssistantStreamEvent', tag: 'event', payload: 'data' },
  schemaRules: [
    { at: '/object', rule: 'asst.event-object' },
    { at: '/status', rule: 'asst.event-status' },
    { at: '/required_action/**', rule: 'asst.requires-action' },
  ],
  rules: assistantsRules,
};
