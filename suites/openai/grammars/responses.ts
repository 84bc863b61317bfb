import type { Assertion, EventRow, StreamGrammar } from 'assay/pack';
import { itemEvents } from './responses-events.ts';
import { command, commandOutput, item, part, summaryPart } from './responses-items.ts';
import { responsesRules } from './responses-rules.ts';

const noError: Assertion = { rule: 'resp.error-detail', that: { not: { has: 'response.error' } }, at: 'response.error', expected: 'null' };
const noReason: Assertion = {
  rule: 'resp.error-detail',
  that: { not: { has: 'response.incomplete_details' } },
  at: 'response.incomplete_details',
  expected: 'null',
};
const noUsage: Assertion = {
  rule: 'resp.usage',
  that: { not: { has: 'response.usage' } },
  at: 'response.usage',
  expected: 'no usage before the end',
};
const status = (...statuses: readonly string[]): Assertion => ({
  rule: 'resp.status-match',
  that: { in: ['response.status', statuses] },
  at: 'response.status',
  expected: statuses.join(' or '),
});

const begins: EventRow = {
  required: { response: 'object' },
  equals: [{ rule: 'resp.lifecycle-snapshot', at: 'response.output', from: { children: 'item' } }],
};
const ends: EventRow = {
  required: { response: 'object' },
  terminal: true,
  equals: [{ rule: 'resp.output-equals', at: 'response.output', from: { children: 'item' } }],
};

/** The stream of the Responses API: a response, its items, their parts, each opened, fed, closed, and shown whole at the end. */
export const responses: StreamGrammar = {
  id: 'resp',
  operations: ['createResponse', 'getResponse'],
  framing: {
    type: { from: 'payload', path: 'type', rule: 'resp.type' },
    eventLine: 'equals-type',
    sentinel: { data: '[DONE]', policy: 'allow' },
  },
  request: { starting_after: { query: 'starting_after' }, include: { body: '/include' }, background: { body: '/background' } },
  recognise: { any: [{ is: ['response', 'object'] }, { in: ['type', ['response.output_item.added', 'response.output_text.delta']] }] },
  nonempty: 'resp.terminal-missing',
  unknownEvent: 'resp.unknown-event',
  requiredRule: 'resp.field-required',
  sequence: {
    path: 'sequence_number',
    vintage: '2026',
    missing: 'resp.seq-missing',
    order: 'resp.seq',
    step: 'resp.seq-step',
    resume: 'resp.resume',
    startsAfter: 'starting_after',
  },
  vintages: { withSequence: '2026', without: '2025-03' },
  first: [{ type: 'response.created', rule: 'resp.created-first', when: { not: { has: '?.starting_after' } } }],
  constants: [
    { name: 'response.id', path: 'response.id', rule: 'resp.response-const' },
    { name: 'response.created_at', path: 'response.created_at', rule: 'resp.response-const' },
  ],
  events: {
    'response.created': {
      ...begins,
      checks: [
        { rule: 'resp.created-once', when: { any: [{ seen: 'created' }, { has: '?.starting_after' }] }, expected: 'once, at the start' },
        status('in_progress', 'queued'),
        noError,
        noReason,
        noUsage,
      ],
      do: [{ mark: 'created' }],
    },
    'response.queued': {
      ...begins,
      checks: [
        {
          rule: 'resp.lifecycle-order',
          when: { any: [{ seen: 'queued' }, { seen: 'in_progress' }, { seen: 'item' }] },
          expected: 'before in_progress and items, once',
        },
        status('queued'),
        noError,
        noReason,
        noUsage,
      ],
      do: [{ mark: 'queued' }],
    },
    'response.in_progress': {
      ...begins,
      checks: [
        { rule: 'resp.lifecycle-order', when: { any: [{ seen: 'in_progress' }, { seen: 'item' }] }, expected: 'before the items, once' },
        status('in_progress'),
        noError,
        noReason,
        noUsage,
      ],
      do: [{ mark: 'in_progress' }],
    },
    ...itemEvents,
    'response.completed': {
      ...ends,
      settles: ['item'],
      checks: [
        status('completed'),
        noError,
        noReason,
        { rule: 'resp.usage', that: { has: 'response.usage' }, at: 'response.usage', expected: 'usage on the completed response' },
      ],
    },
    'response.incomplete': {
      ...ends,
      checks: [
        status('incomplete'),
        noError,
        {
          rule: 'resp.error-detail',
          that: { in: ['response.incomplete_details.reason', ['max_output_tokens', 'content_filter', 'max_messages', 'steered']] },
          at: 'response.incomplete_details',
          expected: 'a reason: max_output_tokens or content_filter',
        },
      ],
    },
    'response.failed': {
      ...ends,
      afterError: true,
      checks: [
        status('failed'),
        {
          rule: 'resp.error-detail',
          that: { all: [{ is: ['response.error.code', 'nonempty'] }, { is: ['response.error.message', 'string'] }] },
          at: 'response.error',
          expected: 'an error with code and message',
        },
      ],
    },
    error: {
      error: true,
      checks: [
        {
          rule: 'resp.error-fields',
          that: {
            any: [
              { is: ['error.message', 'nonempty'] },
              { all: [{ is: ['message', 'nonempty'] }, { present: 'code' }, { present: 'param' }] },
            ],
          },
          at: 'message',
          expected: 'code, message and param, flat or in error',
        },
      ],
    },
    keepalive: { afterError: true, trailing: 'resp.trailing' },
    'response.rate_limits.updated': {
      trailing: 'resp.trailing',
      checks: [{ rule: 'resp.unknown-event', at: 'type', expected: 'an event that the document lists' }],
    },
  },
  entities: { item, part, 'summary part': summaryPart, command, 'command output': commandOutput },
  terminal: { missing: 'resp.terminal-missing', after: 'resp.after-terminal', afterError: 'resp.error-then-failed', errorEnds: false },
  end: [
    {
      rule: 'resp.in-progress',
      when: { all: [{ seen: 'item' }, { seen: 'created' }] },
      that: { seen: 'in_progress' },
      markedBy: 'item',
      expected: 'response.in_progress before the first item',
    },
  ],
  ignore: ['logprobs', 'encrypted_content', 'obfuscation'],
  union: { component: 'ResponseStreamEvent', tag: 'type' },
  schemaRules: [
    { at: '/type', rule: 'resp.type' },
    { at: '/sequence_number', rule: 'resp.seq-missing' },
    { at: '/response/status', rule: 'resp.status-match' },
    { events: ['response.failed'], at: '/response/error/**', rule: 'resp.error-detail' },
    { events: ['response.incomplete'], at: '/response/incomplete_details/**', rule: 'resp.error-detail' },
    { at: '/response/error', came: 'nothing', rule: 'resp.field-required' },
    { at: '/response/incomplete_details', came: 'nothing', rule: 'resp.field-required' },
    { at: '/response/error/**', rule: 'resp.error-detail' },
    { at: '/response/incomplete_details/**', rule: 'resp.error-detail' },
    { at: '/response/usage', came: 'null', rule: null, because: 'null before the end; the schema has no null' },
    { at: '/response/user', came: 'null', rule: null, because: 'null where the request had none; the schema has no null' },
    { at: '/item/id', rule: 'resp.item-id' },
    { at: '/item/call_id', rule: 'resp.call-id' },
    { at: '/item/name', rule: 'resp.call-id' },
    { at: '/response/output/*/id', rule: 'resp.item-id' },
    { at: '/response/output/*/call_id', rule: 'resp.call-id' },
    { at: '/response/output/*/name', rule: 'resp.call-id' },
    { at: '/item/status', rule: 'resp.item-status' },
    { at: '/response_id', came: 'nothing', rule: null, because: 'required of audio and code interpreter events, defined nowhere' },
    { at: '/code_interpreter_call', came: 'nothing', rule: null, because: 'practice sends item_id instead' },
    { events: ['error'], at: '/**', rule: null, because: 'the nested form that the service sends; the error rules judge it' },
    { at: '/*', rule: 'resp.field-required' },
  ],
  rules: responsesRules,
};
