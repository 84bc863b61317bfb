import type { Assertion, EntityRow, KindRow, Test } from 'assay/pack';

const opensInProgress: Assertion = {
  rule: 'resp.item-status',
  when: { has: 'status' },
  that: { eq: ['status', 'in_progress'] },
  at: 'status',
  expected: 'in_progress, or no status',
};
const callId: Assertion = { rule: 'resp.call-id', that: { is: ['call_id', 'nonempty'] }, at: 'call_id', expected: 'a call_id' };
const name: Assertion = { rule: 'resp.call-id', that: { is: ['name', 'nonempty'] }, at: 'name', expected: 'a name' };
const idIsOptional: Test = { in: ['type', ['function_call', 'custom_tool_call']] };

/** A call whose one text member is streamed: empty at opening, closed by its own done event, repeated in the done item. */
const streamedMember = (member: string, openChecks: readonly Assertion[], more: KindRow = {}): KindRow => ({
  zero: [member],
  settled: [member],
  made: [
    { rule: 'resp.item-equals', at: member, from: { text: member } },
    { rule: 'resp.item-equals', at: 'name', from: { opened: 'name' } },
  ],
  openChecks: [opensInProgress, ...openChecks],
  ...more,
});

const searches: KindRow = {
  openChecks: [opensInProgress],
  progress: ['in_progress', 'searching', 'completed'],
  progressNeeds: [['in_progress'], ['searching'], ['completed']],
};

const succeedsOrFails: KindRow = {
  progress: ['in_progress', 'completed|failed'],
  progressNeeds: [['in_progress'], ['completed', 'failed']],
};

/** The types of item that are streamed; others are complete when they open. */
export const item: EntityRow = {
  order: 'resp.item-open-order',
  unknown: 'resp.item-ref',
  after: 'resp.item-after-done',
  id: { path: 'id', unique: 'resp.item-id-unique', ref: 'resp.item-ref' },
  kind: { path: 'type', rule: 'resp.item-kind' },
  serial: 'resp.item-serial',
  unclosed: 'resp.item-unclosed',
  identity: { rule: 'resp.item-done-identity', paths: ['id', 'type', 'call_id'] },
  zero: 'resp.open-empty',
  unsettled: 'resp.field-done-missing',
  afterSettled: 'resp.part-after-done',
  progressRule: 'resp.progress-order',
  openChecks: [
    {
      rule: 'resp.item-id',
      when: { any: [{ not: idIsOptional }, { present: 'id' }] },
      that: { is: ['id', 'nonempty'] },
      at: 'id',
      expected: 'an id',
    },
    { rule: 'resp.field-required', that: { is: ['type', 'nonempty'] }, at: 'type', expected: 'a type' },
  ],
  closeChecks: [
    {
      rule: 'resp.item-status',
      when: { has: 'status' },
      that: { in: ['status', ['completed', 'incomplete', 'failed']] },
      at: 'status',
      expected: 'completed, incomplete or failed',
    },
  ],
  kinds: {
    message: {
      zero: ['content'],
      openChecks: [opensInProgress],
      made: [{ rule: 'resp.item-equals', at: 'content', from: { children: 'part' } }],
    },
    function_call: streamedMember('arguments', [callId, name]),
    custom_tool_call: streamedMember('input', [callId, name]),
    mcp_call: streamedMember('arguments', [], { ...succeedsOrFails, progress: ['in_progress', 'arguments*', 'completed|failed'] }),
    code_interpreter_call: streamedMember('code', [], {
      progress: ['in_progress', 'code*', 'interpreting', 'completed'],
      progressNeeds: [['in_progress'], ['interpreting'], ['completed']],
    }),
    reasoning: {
      zero: ['summary', 'content'],
      openChecks: [opensInProgress],
      made: [
        { rule: 'resp.item-equals', at: 'summary', from: { children: 'summary part' } },
        { rule: 'resp.item-equals', at: 'content', from: { children: 'part' } },
      ],
    },
    file_search_call: searches,
    web_search_call: searches,
    mcp_list_tools: { zero: ['tools'], ...succeedsOrFails },
    image_generation_call: {
      zero: ['result'],
      openChecks: [opensInProgress],
      progress: ['in_progress', 'generating', 'partial_image*', 'completed'],
      progressNeeds: [['in_progress'], ['generating']],
    },
    compaction: { progress: ['compacting*'] },
    computer_call: { openChecks: [opensInProgress, callId] },
    shell_call: {
      zero: ['action.commands'],
      openChecks: [opensInProgress, callId],
      made: [{ rule: 'resp.item-equals', at: 'action.commands', from: { children: 'command', text: 'command' } }],
    },
    shell_call_output: {
      zero: ['output'],
      openChecks: [callId],
      made: [{ rule: 'resp.item-equals', at: 'output', from: { children: 'command output', flat: 'output' } }],
    },
    apply_patch_call: { openChecks: [opensInProgress, callId] },
    local_shell_call: { openChecks: [callId] },
  },
};

/** Rules that content parts, summary parts and shell commands share. */
const partRules: EntityRow = {
  order: 'resp.part-open-order',
  unknown: 'resp.part-ref',
  after: 'resp.part-after-done',
  kind: { path: 'type', rule: 'resp.part-kind' },
  serial: 'resp.part-serial',
  unclosed: 'resp.part-unclosed',
  zero: 'resp.open-empty',
  unsettled: 'resp.text-done',
  afterSettled: 'resp.part-after-done',
};

const textPart = (member: string): KindRow => ({
  zero: [member],
  settled: [member],
  made: [{ rule: 'resp.part-equals', at: member, from: { text: member } }],
});

export const part: EntityRow = {
  ...partRules,
  identity: { rule: 'resp.part-equals', paths: ['type'] },
  kinds: {
    output_text: {
      zero: ['text', 'annotations'],
      settled: ['text'],
      made: [
        { rule: 'resp.part-equals', at: 'text', from: { text: 'text' } },
        { rule: 'resp.annotation-equals', at: 'annotations', from: { list: 'annotations' } },
      ],
    },
    refusal: textPart('refusal'),
    reasoning_text: textPart('text'),
  },
};

export const summaryPart: EntityRow = {
  ...partRules,
  identity: { rule: 'resp.part-equals', paths: ['type'] },
  openChecks: [{ rule: 'resp.field-required', that: { is: ['type', 'nonempty'] }, at: 'type', expected: 'a type' }],
  anyKind: textPart('text'),
};

export const command: EntityRow = { ...partRules, anyKind: { zero: ['command'], settled: ['command'] } };

/** What a shell command wrote; opened by the first piece. */
export const commandOutput: EntityRow = { after: 'resp.part-after-done', unclosed: 'resp.part-unclosed' };
