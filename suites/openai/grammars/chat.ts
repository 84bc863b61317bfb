import type { Assertion, StreamGrammar, Test } from 'assay/pack';
import { choice, finish, finishes, hasCalls, hasFunction, toolCall } from './chat-choice.ts';
import { chatRules } from './chat-rules.ts';

// Where the request is not known, usage that came was asked for.
const asksUsage: Test = {
  any: [{ eq: ['?.include_usage', true] }, { all: [{ not: { asked: true } }, { any: [{ has: 'usage' }, { seen: 'usage' }] }] }],
};
const usage: readonly Assertion[] = [
  {
    rule: 'chat.usage-unrequested',
    when: { all: [{ has: 'usage' }, { asked: true }, { not: asksUsage }] },
    at: 'usage',
    expected: 'no usage without include_usage',
  },
  { rule: 'chat.usage-once', when: { all: [{ has: 'usage' }, asksUsage, { seen: 'usage' }] }, at: 'usage', expected: 'one usage chunk' },
  {
    rule: 'chat.usage-choices-empty',
    when: { all: [{ has: 'usage' }, asksUsage, { is: ['choices', 'array'] }, { not: { seen: 'usage' } }] },
    that: { eq: ['choices.length', 0] },
    at: 'choices',
    expected: '[]',
  },
  {
    rule: 'chat.usage-last',
    // Where the chunk of a moderation stands is said nowhere.
    when: { all: [asksUsage, { seen: 'usage chunk' }, { not: { has: 'moderation' } }] },
    that: { has: 'usage' },
    expected: 'nothing but the sentinel after the usage chunk',
  },
  {
    rule: 'chat.usage-sum',
    when: { is: ['usage', 'object'] },
    that: { sum: [['usage.prompt_tokens', 'usage.completion_tokens'], 'usage.total_tokens'] },
    at: 'usage.total_tokens',
    expected: 'prompt_tokens + completion_tokens',
  },
  {
    rule: 'chat.empty-choices',
    when: {
      all: [
        { eq: ['choices.length', 0] },
        { not: { any: [{ has: 'usage' }, { has: 'moderation' }, { all: [asksUsage, { seen: 'usage chunk' }] }] } },
      ],
    },
    at: 'choices',
    expected: 'a choice, or usage',
  },
];

/** The stream of chat completions: chunks whose choices, and whose tool calls, are told apart by index. */
export const chat: StreamGrammar = {
  id: 'chat',
  operations: ['createChatCompletion'],
  framing: {
    type: { from: 'constant', type: 'chunk' },
    eventLine: 'forbid',
    sentinel: { data: '[DONE]', policy: 'require' },
    error: { member: 'error', shape: 'sse.error-shape' },
  },
  request: {
    n: { body: '/n' },
    include_usage: { body: '/stream_options/include_usage' },
    logprobs: { body: '/logprobs' },
    tool_choice: { body: '/tool_choice' },
    function_call: { body: '/function_call' },
  },
  recognise: { any: [{ eq: ['object', 'chat.completion.chunk'] }, { is: ['choices.0.delta', 'object'] }] },
  nonempty: 'chat.nonempty',
  constants: [
    { name: 'id', path: 'id', rule: 'chat.id-const' },
    { name: 'created', path: 'created', rule: 'chat.created-const' },
    { name: 'model', path: 'model', rule: 'chat.model-const' },
    { name: 'system_fingerprint', path: 'system_fingerprint', rule: 'chat.meta-const' },
    { name: 'service_tier', path: 'service_tier', rule: 'chat.meta-const' },
  ],
  events: {
    chunk: {
      checks: [
        { rule: 'chat.object', that: { eq: ['object', 'chat.completion.chunk'] }, at: 'object', expected: 'chat.completion.chunk' },
        { rule: 'chat.choices-present', that: { is: ['choices', 'array'] }, at: 'choices', expected: 'an array' },
        ...usage,
      ],
      do: [
        { mark: 'usage', when: { has: 'usage' } },
        { mark: 'usage chunk', when: { all: [{ has: 'usage' }, { eq: ['choices.length', 0] }] } },
        { mark: 'usage key', when: { present: 'usage' } },
        { mark: 'without-usage', when: { not: { present: 'usage' } } },
      ],
      inside: [
        {
          each: 'choices',
          entity: 'choice',
          key: 'index',
          action: 'auto',
          shape: [
            { rule: 'chat.choice-shape', that: { is: ['index', 'integer'] }, at: 'index', expected: 'an integer', stop: true },
            { rule: 'chat.choice-shape', that: { is: ['delta', 'object'] }, at: 'delta', expected: 'an object', stop: true },
            { rule: 'chat.finish-absent-key', that: { present: 'finish_reason' }, at: 'finish_reason', expected: 'null until the end' },
          ],
          do: [
            { once: ['delta.role'], rule: 'chat.role-once' },
            { mark: '@content', when: { is: ['delta.content', 'nonempty'] } },
            { mark: '@refusal', when: { is: ['delta.refusal', 'nonempty'] } },
            { bytes: 'content', text: 'delta.content', tokens: 'logprobs.content', when: { eq: ['?.logprobs', true] } },
            { bytes: 'refusal', text: 'delta.refusal', tokens: 'logprobs.refusal', when: { eq: ['?.logprobs', true] } },
          ],
          checks: [
            {
              rule: 'chat.logprobs-concat',
              when: { all: [{ asked: true }, { not: { eq: ['?.logprobs', true] } }] },
              that: { empty: 'logprobs.content' },
              at: 'logprobs',
              expected: 'null where none were asked for',
            },
          ],
          inside: [
            {
              each: 'delta.tool_calls',
              entity: 'tool call',
              key: 'index',
              action: 'auto',
              shape: [
                { rule: 'chat.tool-index-order', that: { is: ['index', 'integer'] }, at: 'index', expected: 'an integer', stop: true },
              ],
              do: [
                { once: ['id', 'function.name', 'custom.name'], rule: 'chat.tool-identity-once' },
                { append: 'arguments', from: 'function.arguments' },
              ],
            },
            {
              at: 'delta.function_call',
              entity: 'function call',
              action: 'auto',
              do: [
                { once: ['name'], rule: 'chat.fc-name-once' },
                { append: 'arguments', from: 'arguments' },
              ],
            },
            { at: 'delta.audio', entity: 'audio', action: 'auto', do: [{ once: ['id', 'expires_at'], rule: 'chat.audio-id-once' }] },
            {
              checks: [
                {
                  rule: 'chat.fc-tools-exclusive',
                  when: { all: [hasCalls, hasFunction] },
                  expected: 'one of function_call and tool_calls',
                },
                {
                  rule: 'chat.refusal-content-exclusive',
                  when: { all: [{ seen: '@content' }, { seen: '@refusal' }] },
                  expected: 'one of content and refusal',
                },
              ],
            },
            { when: finishes, checks: finish, do: [{ close: true }] },
          ],
        },
      ],
    },
  },
  entities: {
    choice,
    'tool call': toolCall,
    'function call': { openChecks: [{ rule: 'chat.fc-open', that: { is: ['name', 'nonempty'] }, at: 'name', expected: 'the name' }] },
    audio: {},
  },
  endSettles: ['choice'],
  end: [
    {
      rule: 'chat.usage-missing',
      when: { all: [asksUsage, { seen: 'sentinel' }, { seen: 'usage key' }] },
      that: { seen: 'usage' },
      expected: 'a usage chunk',
    },
    // No chunk has the key: whoever answered has not seen the option.
    {
      rule: 'chat.usage-missing',
      when: { all: [asksUsage, { seen: 'sentinel' }, { not: { seen: 'usage key' } }] },
      at: 'usage',
      expected: 'a usage chunk',
    },
    {
      rule: 'chat.usage-null',
      when: { all: [asksUsage, { seen: 'usage' }, { seen: 'without-usage' }] },
      markedBy: 'without-usage',
      expected: 'usage null',
    },
  ],
  ignore: ['obfuscation'],
  schemas: { chunk: ['CreateChatCompletionStreamResponse'] },
  schemaRules: [
    { at: '/object', rule: 'chat.object' },
    { at: '/id', rule: 'chat.id-const' },
    { at: '/created', rule: 'chat.created-const' },
    { at: '/choices', rule: 'chat.choices-present' },
    { at: '/choices/*/finish_reason', rule: 'chat.finish-value' },
    { at: '/choices/*/**', rule: 'chat.choice-shape' },
    { at: '/usage', came: 'null', rule: null, because: '{$ref, nullable} beside a $ref is void in OpenAPI 3.0; the text demands null' },
    { at: '/system_fingerprint', came: 'null', rule: null, because: 'null for newer models' },
    { at: '/service_tier', came: 'string', rule: null, because: 'the list of tiers grew' },
  ],
  rules: chatRules,
};
