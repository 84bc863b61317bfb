import type { PracticeReading } from 'assay/pack';

const audio =
  'audio streams carry heartbeats without choices, the role and the audio id twice, no finish_reason, and the usage chunk before the last';
const asksForAudio = { at: '/modalities', includes: 'audio' };
const network = 'the network in front of the service says 502, 503 and 504 in the envelope, with the status for a code';
const gatewayStatuses = [502, 503, 504];
const leading = 'every stream begins with a chunk of prompt filter results: empty id, model and object, created 0, no choices';

/** What the streams of the services themselves do against their own rules; recorded, and excused in the reading of that service only. */
export const streamPractices: readonly PracticeReading[] = [
  {
    name: 'openai',
    hosts: ['api.openai.com'],
    times: ['/created', '/created_at', '/response/created_at'],
    excuses: [
      { rule: 'chat.choices-present', reason: audio, asked: asksForAudio, event: { at: 'choices', has: false } },
      { rule: 'chat.role-once', reason: audio, asked: asksForAudio, event: { at: 'choices.0.delta.audio.id', has: true } },
      { rule: 'chat.audio-id-once', reason: audio, asked: asksForAudio },
      { rule: 'chat.finish-missing', reason: audio, asked: asksForAudio },
      {
        rule: 'chat.finish-absent-key',
        reason: audio,
        asked: asksForAudio,
        event: { at: 'choices.0.delta.audio.expires_at', has: true },
      },
      { rule: 'chat.usage-last', reason: audio, asked: asksForAudio },
      { rule: 'chat.usage-null', reason: audio, asked: asksForAudio },
      { rule: 'chat.empty-choices', reason: audio, asked: asksForAudio },
      {
        rule: 'sse.blank-terminated',
        recorded: true,
        reason: 'the service ends each event, of 66,385 recorded all: recorders trim the end of a text',
      },
      {
        rule: 'chat.usage-missing',
        at: '* /usage',
        recorded: true,
        since: '2025-01-01',
        reason:
          'since 2025 every chunk of a stream with usage has the key: where none has it, the recorded request is not the one that was sent',
      },
      { rule: 'chat.usage-null', until: '2025-01-01', reason: 'until 2024 the chunks before the usage chunk left the key out (recorded)' },
      {
        rule: 'error-envelope',
        at: 'body',
        mediaType: 'text/html',
        statuses: [400, 403, 413, 414, 429],
        reason: 'the network in front of the service refuses with a page of its own: what is too large, too often or not let through',
      },
      { rule: 'error-envelope', at: '/error/code', statuses: gatewayStatuses, reason: network },
      { rule: 'error-code-named', statuses: gatewayStatuses, reason: network },
      {
        rule: 'resp.item-status',
        event: { at: 'item.type', in: ['image_generation_call'] },
        reason: 'a finished image_generation_call still says generating',
      },
      {
        rule: 'resp.trailing',
        event: { at: 'type', in: ['response.rate_limits.updated'] },
        reason: 'response.rate_limits.updated may follow the end',
      },
      {
        rule: 'resp.unknown-event',
        event: {
          at: 'type',
          in: [
            'response.rate_limits.updated',
            'response.apply_patch_call_operation_diff.delta',
            'response.apply_patch_call_operation_diff.done',
          ],
        },
        reason: 'rate limits and apply_patch diffs are sent, and in no document',
      },
      {
        rule: 'asst.event-status',
        event: { at: 'status', in: ['incomplete'] },
        reason: 'thread.run.completed with status incomplete after the token limit (recorded)',
      },
      { rule: 'asst.error', reason: 'the schema of the error event is the flat Error' },
      {
        rule: 'message-whole',
        at: '/choices/*/message/refusal',
        until: '2024-11-01',
        reason: 'answers until 2024-10 carry no refusal (recorded)',
      },
      {
        rule: 'list-page-whole',
        operations: ['listFiles'],
        at: '/*_id',
        reason: 'a list of files began, as it said, with a row that it did not hold (recorded once)',
      },
      {
        rule: 'list-ends-told',
        at: '/has_more',
        until: '2023-11-06',
        reason: 'lists of files did not tell whether there is more (recorded until 2023-10)',
      },
      {
        rule: 'list-ends-told',
        at: '/*_id',
        until: '2024-10-01',
        reason: 'lists of files were told without ends (recorded until 2023-11, and with them in 2024-10)',
      },
    ],
  },
  {
    name: 'azure',
    hosts: ['openai.azure.com'],
    excuses: [
      { rule: 'chat.object', reason: leading },
      { rule: 'chat.id-const', reason: leading },
      { rule: 'chat.created-const', reason: leading },
      { rule: 'chat.model-const', reason: leading },
      { rule: 'chat.empty-choices', reason: leading },
      { rule: 'chat.usage-null', reason: leading },
    ],
  },
];
