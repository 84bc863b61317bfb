import type { Assertion, EntityRow } from 'assay/pack';

const linked: Assertion = {
  rule: 'asst.msg-step-link',
  that: { openWith: ['step', 'step_details.message_creation.message_id', 'id'] },
  at: 'id',
  expected: 'the message of the open step',
};
/** A message that was created goes in progress before anything else. */
export const messageGoes: Assertion = {
  rule: 'asst.msg-in-progress',
  when: { opened: true },
  that: { seen: '@in_progress' },
  expected: 'thread.message.in_progress after created',
};

/** A step that was created goes in progress before anything else. */
export const stepGoes: Assertion = {
  rule: 'asst.step-in-progress',
  when: { opened: true },
  that: { seen: '@in_progress' },
  expected: 'thread.run.step.in_progress after created',
};

/** A run step, by its id. */
export const stepEntity: EntityRow = {
  unknown: 'asst.step-open',
  again: 'asst.step-created-once',
  after: 'asst.step-after-terminal',
  serial: 'asst.step-serial',
  unclosed: 'asst.step-unclosed',
  identity: { rule: 'asst.ids', paths: ['created_at'] },
  closeChecks: [stepGoes],
  anyKind: {
    made: [
      {
        rule: 'asst.step-equals',
        at: 'step_details.tool_calls',
        from: { merged: 'step_details.tool_calls' },
        ignore: ['output', 'file_search'],
        when: { in: ['status', ['completed']] },
      },
      { rule: 'asst.step-equals', at: 'step_details.message_creation', from: { opened: 'step_details.message_creation' } },
    ],
  },
};

/** A message, by its id. */
export const messageEntity: EntityRow = {
  unknown: 'asst.msg-open',
  again: 'asst.msg-single',
  after: 'asst.msg-after-terminal',
  serial: 'asst.msg-single',
  unclosed: 'asst.msg-unclosed',
  identity: { rule: 'asst.ids', paths: ['created_at'] },
  openChecks: [{ rule: 'asst.msg-created-empty', that: { empty: 'content' }, at: 'content', expected: '[]' }, linked],
  closeChecks: [messageGoes, linked],
  anyKind: { made: [{ rule: 'asst.msg-equals', at: 'content', from: { merged: 'content' } }] },
};
