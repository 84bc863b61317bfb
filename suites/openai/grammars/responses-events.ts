import type { EventRow, Op, Step, ValueType } from 'assay/pack';

type Required = Readonly<Record<string, ValueType>>;

const ofItem: Required = { item_id: 'string', output_index: 'integer' };
const ofPart: Required = { ...ofItem, content_index: 'integer' };
const ofSummary: Required = { ...ofItem, summary_index: 'integer' };
const ofCommand: Required = { output_index: 'integer', command_index: 'integer' };

const item = (kinds: readonly string[], more: Step): Step => ({
  entity: 'item',
  key: 'output_index',
  id: 'item_id',
  action: 'touch',
  kinds,
  ...more,
});

/** The streamed member has its place among the events of progress, where its kind has some. */
const goesOn = (member: string): Op => ({ progress: member, rule: 'resp.progress-order' });

/** Events of one streamed text member of an item. */
const memberDelta = (kind: string, member: string, required: Required = ofItem): EventRow => ({
  required: { ...required, delta: 'string' },
  inside: [item([kind], { unsettled: member, do: [goesOn(member), { append: member, from: 'delta' }] })],
});
const memberDone = (kind: string, member: string, required: Required = ofItem): EventRow => ({
  required: { ...required, [member]: 'string' },
  inside: [
    item([kind], { do: [goesOn(member), { settle: member, from: member, rule: 'resp.text-equals', again: 'resp.part-after-done' }] }),
  ],
});

const progress = (kind: string, name: string, required: Required = ofItem): EventRow => ({
  required,
  inside: [item([kind], { do: [{ progress: name, rule: 'resp.progress-order' }] })],
});

const content = (itemKinds: readonly string[], step: Step): readonly Step[] => [
  item(itemKinds, { inside: [{ entity: 'part', key: 'content_index', action: 'touch', ...step }] }),
];
const textDelta = (itemKind: string, kind: string, member: string, more: readonly Op[] = []): EventRow => ({
  required: { ...ofPart, delta: 'string' },
  inside: content([itemKind], { kinds: [kind], unsettled: member, do: [{ append: member, from: 'delta' }, ...more] }),
});
const textDone = (itemKind: string, kind: string, member: string): EventRow => ({
  required: { ...ofPart, [member]: 'string' },
  inside: content([itemKind], {
    kinds: [kind],
    do: [{ settle: member, from: member, rule: 'resp.text-equals', again: 'resp.part-after-done' }],
    checks: [{ rule: 'resp.logprobs', that: { agree: 'logprobs' }, at: 'logprobs', expected: 'the bytes of the deltas' }],
  }),
});

const summary = (step: Step): readonly Step[] => [
  item(['reasoning'], { inside: [{ entity: 'summary part', key: 'summary_index', action: 'touch', ...step }] }),
];
const shell = (step: Step): readonly Step[] => [
  item(['shell_call'], { inside: [{ entity: 'command', key: 'command_index', action: 'touch', ...step }] }),
];

const withLogprobs: Op = { bytes: 'logprobs', text: 'delta', tokens: 'logprobs', when: { not: { empty: 'logprobs' } } };

const codeDelta = memberDelta('code_interpreter_call', 'code', { output_index: 'integer' });
const codeDone = memberDone('code_interpreter_call', 'code', { output_index: 'integer' });
// Until 2025-03 these events named no item; the edition with numbers does.
const codeProgress = (name: string): EventRow => ({
  ...progress('code_interpreter_call', name, { output_index: 'integer' }),
  checks: [
    {
      rule: 'resp.field-required',
      when: { present: 'sequence_number' },
      that: { is: ['item_id', 'string'] },
      at: 'item_id',
      expected: 'string',
    },
  ],
});

/** What happens between the life-cycle events, type by type. */
export const itemEvents: Readonly<Record<string, EventRow>> = {
  'response.output_item.added': {
    required: { output_index: 'integer', item: 'object' },
    do: [{ mark: 'item' }],
    inside: [{ entity: 'item', key: 'output_index', action: 'open', object: 'item' }],
  },
  'response.output_item.done': {
    required: { output_index: 'integer', item: 'object' },
    inside: [{ entity: 'item', key: 'output_index', action: 'close', object: 'item' }],
  },
  'response.content_part.added': {
    required: { ...ofPart, part: 'object' },
    inside: [
      item(['message', 'reasoning'], {
        checks: [
          {
            rule: 'resp.part-kind',
            when: { eq: ['@.type', 'message'] },
            that: { in: ['part.type', ['output_text', 'refusal']] },
            at: 'part.type',
          },
          { rule: 'resp.part-kind', when: { eq: ['@.type', 'reasoning'] }, that: { eq: ['part.type', 'reasoning_text'] }, at: 'part.type' },
        ],
        inside: [{ entity: 'part', key: 'content_index', action: 'open', object: 'part' }],
      }),
    ],
  },
  'response.content_part.done': {
    required: { ...ofPart, part: 'object' },
    inside: content(['message', 'reasoning'], { action: 'close', object: 'part' }),
  },
  'response.output_text.delta': textDelta('message', 'output_text', 'text', [withLogprobs]),
  'response.output_text.done': textDone('message', 'output_text', 'text'),
  'response.output_text.annotation.added': {
    required: { ...ofPart, annotation_index: 'integer', annotation: 'object' },
    inside: content(['message'], {
      kinds: ['output_text'],
      unsettled: 'text',
      do: [{ entry: 'annotations', index: 'annotation_index', from: 'annotation', rule: 'resp.annotation-index' }],
    }),
  },
  'response.refusal.delta': textDelta('message', 'refusal', 'refusal'),
  'response.refusal.done': textDone('message', 'refusal', 'refusal'),
  'response.reasoning_text.delta': textDelta('reasoning', 'reasoning_text', 'text'),
  'response.reasoning_text.done': textDone('reasoning', 'reasoning_text', 'text'),
  'response.reasoning_summary_part.added': {
    required: { ...ofSummary, part: 'object' },
    inside: summary({ action: 'open', object: 'part' }),
  },
  'response.reasoning_summary_part.done': {
    required: { ...ofSummary, part: 'object' },
    inside: summary({ action: 'close', object: 'part' }),
  },
  'response.reasoning_summary_text.delta': {
    required: { ...ofSummary, delta: 'string' },
    inside: summary({ unsettled: 'text', do: [{ append: 'text', from: 'delta' }] }),
  },
  'response.reasoning_summary_text.done': {
    required: { ...ofSummary, text: 'string' },
    inside: summary({ do: [{ settle: 'text', from: 'text', rule: 'resp.text-equals', again: 'resp.part-after-done' }] }),
  },
  'response.function_call_arguments.delta': memberDelta('function_call', 'arguments'),
  'response.function_call_arguments.done': memberDone('function_call', 'arguments'),
  'response.custom_tool_call_input.delta': memberDelta('custom_tool_call', 'input'),
  'response.custom_tool_call_input.done': memberDone('custom_tool_call', 'input'),
  'response.mcp_call_arguments.delta': memberDelta('mcp_call', 'arguments'),
  'response.mcp_call_arguments.done': memberDone('mcp_call', 'arguments'),
  'response.mcp_call.in_progress': progress('mcp_call', 'in_progress'),
  'response.mcp_call.completed': progress('mcp_call', 'completed'),
  'response.mcp_call.failed': progress('mcp_call', 'failed'),
  'response.mcp_list_tools.in_progress': progress('mcp_list_tools', 'in_progress'),
  'response.mcp_list_tools.completed': progress('mcp_list_tools', 'completed'),
  'response.mcp_list_tools.failed': progress('mcp_list_tools', 'failed'),
  'response.file_search_call.in_progress': progress('file_search_call', 'in_progress'),
  'response.file_search_call.searching': progress('file_search_call', 'searching'),
  'response.file_search_call.completed': progress('file_search_call', 'completed'),
  'response.web_search_call.in_progress': progress('web_search_call', 'in_progress'),
  'response.web_search_call.searching': progress('web_search_call', 'searching'),
  'response.web_search_call.completed': progress('web_search_call', 'completed'),
  'response.code_interpreter_call.in_progress': codeProgress('in_progress'),
  'response.code_interpreter_call.interpreting': codeProgress('interpreting'),
  'response.code_interpreter_call.completed': codeProgress('completed'),
  'response.code_interpreter_call_code.delta': { ...memberDelta('code_interpreter_call', 'code'), vintage: '2026' },
  'response.code_interpreter_call_code.done': { ...memberDone('code_interpreter_call', 'code'), vintage: '2026' },
  'response.code_interpreter_call.code.delta': { ...codeDelta, vintage: '2025-03' },
  'response.code_interpreter_call.code.done': { ...codeDone, vintage: '2025-03' },
  'response.compaction.compacting': progress('compaction', 'compacting'),
  'response.image_generation_call.in_progress': progress('image_generation_call', 'in_progress'),
  'response.image_generation_call.generating': progress('image_generation_call', 'generating'),
  'response.image_generation_call.completed': progress('image_generation_call', 'completed'),
  'response.image_generation_call.partial_image': {
    required: { ...ofItem, partial_image_index: 'integer', partial_image_b64: 'string' },
    inside: [
      item(['image_generation_call'], {
        do: [
          { progress: 'partial_image', rule: 'resp.progress-order' },
          { entry: 'partial images', index: 'partial_image_index', rule: 'resp.progress-order' },
        ],
      }),
    ],
  },
  'response.shell_call_command.added': { required: { ...ofCommand, command: 'string' }, inside: shell({ action: 'open' }) },
  'response.shell_call_command.delta': {
    required: { ...ofCommand, delta: 'string' },
    inside: shell({ unsettled: 'command', do: [{ append: 'command', from: 'delta' }] }),
  },
  'response.shell_call_command.done': {
    required: { ...ofCommand, command: 'string' },
    inside: shell({ action: 'close', do: [{ settle: 'command', from: 'command', rule: 'resp.text-equals' }] }),
  },
  'response.shell_call_output_content.delta': {
    required: { ...ofItem, command_index: 'integer', delta: 'object' },
    inside: [
      item(['shell_call_output'], {
        inside: [
          {
            entity: 'command output',
            key: 'command_index',
            action: 'auto',
            do: [
              { append: 'stdout', from: 'delta.stdout' },
              { append: 'stderr', from: 'delta.stderr' },
            ],
          },
        ],
      }),
    ],
  },
  'response.shell_call_output_content.done': {
    required: { ...ofItem, command_index: 'integer', output: 'array' },
    inside: [
      item(['shell_call_output'], {
        inside: [
          {
            entity: 'command output',
            key: 'command_index',
            action: 'auto',
            do: [
              { settle: 'stdout', from: 'output.0.stdout', rule: 'resp.text-equals', when: { eq: ['output.length', 1] } },
              { settle: 'stderr', from: 'output.0.stderr', rule: 'resp.text-equals', when: { eq: ['output.length', 1] } },
              { close: true },
            ],
          },
        ],
      }),
    ],
  },
  'response.audio.delta': {},
  'response.audio.done': {},
  'response.audio.transcript.delta': {},
  'response.audio.transcript.done': {},
};
