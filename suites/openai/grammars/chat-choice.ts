import type { Assertion, EntityRow, Test } from 'assay/pack';

export const finishes: Test = { has: 'finish_reason' };
const namedTool: Test = {
  any: [
    { not: { asked: true } },
    { is: ['?.tool_choice', 'object'] },
    { eq: ['?.tool_choice', 'named'] },
    { is: ['?.function_call', 'object'] },
  ],
};
export const hasCalls: Test = { children: 'tool call' };
export const hasFunction: Test = { children: 'function call' };

export const choice: EntityRow = {
  order: 'chat.choice-open-order',
  after: 'chat.after-finish',
  together: 'chat.choices-open-before-finish',
  count: { rule: 'chat.n-count', from: ['?.n'] },
  unclosed: 'chat.finish-missing',
  openChecks: [{ rule: 'chat.role-first', that: { is: ['delta.role', 'nonempty'] }, at: 'delta.role', expected: 'the role' }],
};

export const toolCall: EntityRow = {
  order: 'chat.tool-index-order',
  interleave: 'chat.tool-interleave',
  openChecks: [
    {
      rule: 'chat.tool-open',
      that: {
        all: [
          { is: ['id', 'nonempty'] },
          { is: ['type', 'nonempty'] },
          { any: [{ is: ['function.name', 'nonempty'] }, { is: ['custom.name', 'nonempty'] }] },
        ],
      },
      at: '',
      expected: 'id, type and name',
    },
  ],
  parentCloseChecks: [
    {
      rule: 'chat.tool-args-json',
      when: { eq: ['finish_reason', 'tool_calls'] },
      that: { json: 'arguments' },
      expected: 'arguments that are JSON',
    },
  ],
};

/** What the last piece of a choice owes. */
export const finish: readonly Assertion[] = [
  {
    rule: 'chat.finish-value',
    that: { in: ['finish_reason', ['stop', 'length', 'tool_calls', 'content_filter', 'function_call']] },
    at: 'finish_reason',
  },
  { rule: 'chat.finish-empty-delta', that: { empty: 'delta' }, at: 'delta', expected: '{}' },
  {
    rule: 'chat.tool-finish-reason',
    when: { all: [hasCalls, { not: hasFunction }, { in: ['finish_reason', ['stop', 'function_call']] }] },
    that: { all: [{ eq: ['finish_reason', 'stop'] }, namedTool] },
    at: 'finish_reason',
    expected: 'tool_calls',
  },
  {
    rule: 'chat.tool-finish-reason',
    when: { all: [hasFunction, { not: hasCalls }, { in: ['finish_reason', ['stop', 'tool_calls']] }] },
    that: { all: [{ eq: ['finish_reason', 'stop'] }, namedTool] },
    at: 'finish_reason',
    expected: 'function_call',
  },
  {
    rule: 'chat.tool-finish-reason',
    when: { all: [{ not: hasCalls }, { not: hasFunction }] },
    that: { not: { in: ['finish_reason', ['tool_calls', 'function_call']] } },
    at: 'finish_reason',
    expected: 'a reason that fits a choice without calls',
  },
  {
    rule: 'chat.logprobs-concat',
    when: { eq: ['?.logprobs', true] },
    that: { all: [{ agree: 'content' }, { agree: 'refusal' }] },
    expected: 'the bytes of the text',
  },
];
