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

/** An entity was created once, whatever event tells of it. */
const sameTime: Assertion = {
  rule: 'asst.ids',
  when: { all: [{ opened: true }, { has: 'created_at' }] },
  that: { same: ['created_at', '@.created_at'] },
  at: 'created_at',
  expected: 'as it was created',
};
const again = { when: { seen: '@in_progress' }, expected: 'once' } as const;
const madeMessage = 'step_details.message_creation.message_id';
const sameMessage: Assertion = {
  rule: 'asst.msg-step-link',
  when: { all: [{ opened: true }, { has: madeMessage }] },
  that: { same: [madeMessage, `@.${madeMessage}`] },
  at: madeMessage,
  expected: 'the message that the step was created for',
};

/** An entity goes in progress once, as it was created. */
export const stepGoesOnce: readonly Assertion[] = [sameTime, sameMessage, { rule: 'asst.step-in-progress', ...again }];
export const messageGoesOnce: readonly Assertion[] = [sameTime, { rule: 'asst.msg-in-progress', ...again }];

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
