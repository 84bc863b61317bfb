import type { PracticeReading } from 'assay/pack';

const audio =
  'audio streams carry heartbeats without choices, the role and the audio id twice, no finish_reason, and the usage chunk before the last';
const asksForAudio = { at: '/modalities', includes: 'audio' };
const leading = 'every stream begins with a chunk of prompt filter results: empty id, model and object, created 0, no choices';

/** What the streams of the services themselves do against their own rules; recorded, and excused in the reading of that service only. */
export const streamPractices: readonly PracticeReading[] = [
  {
    name: 'openai',
    hosts: ['api.openai.com'],
    excuses: [
      { rule: 'chat.choices-present', reason: audio, asked: asksForAudio },
      { rule: 'chat.role-once', reason: audio, asked: asksForAudio },
      { rule: 'chat.audio-id-once', reason: audio, asked: asksForAudio },
      { rule: 'chat.finish-missing', reason: audio, asked: asksForAudio },
      { rule: 'chat.finish-absent-key', reason: audio, asked: asksForAudio },
      { rule: 'chat.usage-last', reason: audio, asked: asksForAudio },
      { rule: 'chat.usage-null', reason: audio, asked: asksForAudio },
      { rule: 'chat.empty-choices', reason: audio, asked: asksForAudio },
      { rule: 'resp.item-status', reason: 'a finished image_generation_call still says generating' },
      { rule: 'resp.trailing', reason: 'response.rate_limits.updated may follow the end' },
      { rule: 'resp.unknown-event', reason: 'rate limits and apply_patch diffs are sent, and in no document' },
      { rule: 'resp.usage', reason: 'usage is absent from some completed responses' },
      { rule: 'asst.event-status', reason: 'thread.run.completed with status incomplete after the token limit (recorded)' },
      { rule: 'asst.error', reason: 'the schema of the error event is the flat Error' },
      { rule: 'message-whole', reason: 'answers until 2024-10, and of some models later, carry no refusal (recorded)' },
      { rule: 'list-ends-told', reason: 'lists of files were told without ends for years (recorded)' },
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
