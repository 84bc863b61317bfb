import type { Binding } from 'assay/pack';
import {
  type Rest,
  body,
  query,
  value,
  slot,
  unless,
  chatModel,
  textFile,
  imageFile,
  vectorStore,
  publicImage,
  toolRows,
  formatRows,
} from './rows.ts';

const runs = ['createRun', 'createThreadAndRun'];
/** Values for assistants, threads, messages and runs. */
export const assistants: readonly Binding[] = [
  ...body(
    ['createAssistant', 'modifyAssistant', ...runs],
    [
      ['/model', chatModel],
      ['/stream', { omit: true }],
      ['/reasoning_effort', { omit: true }],
      ['/assistant_id', slot('assistant.id', 'asst_assaysample1')],
      ...toolRows('/tools'),
      ['/tool_choice/function/name', value('look_up')],
      ...formatRows,
    ],
  ),
  ...body(
    ['createAssistant', 'modifyAssistant', 'createThread', 'modifyThread', 'createThreadAndRun'],
    ['', '/thread'].flatMap((at): [string, Rest][] => [
      [`${at}/tool_resources/code_interpreter/file_ids/*`, textFile],
      [`${at}/tool_resources/file_search/vector_store_ids/*`, vectorStore],
      [`${at}/tool_resources/file_search/vector_stores/*/file_ids/*`, textFile],
      [`${at}/tool_resources/file_search/vector_stores/*/chunking_strategy/static/chunk_overlap_tokens`, value(50)],
    ]),
  ),
  ...body(
    ['createThread', 'createThreadAndRun', 'createRun', 'createMessage'],
    ['/messages/*', '/thread/messages/*', '/additional_messages/*', ''].flatMap((at): [string, Rest][] => [
      [`${at}/attachments/*/file_id`, textFile],
      [`${at}/content/*/image_file/file_id`, imageFile],
      [`${at}/content/*/image_url/url`, publicImage],
    ]),
  ),
  ...body(
    ['submitToolOuputsToRun'],
    [
      ['/stream', { omit: true }],
      ['/tool_outputs/*/tool_call_id', { ...slot('tool_call.id', 'call_assaysample1'), fresh: true }],
    ],
  ),
  ...query(
    ['listAssistants'],
    [
      ['after', unless(slot('assistant.id', 'asst_assaysample1'))],
      ['before', unless(slot('assistant.id', 'asst_assaysample1'))],
    ],
  ),
  ...query(
    ['listMessages'],
    [
      ['after', unless(slot('message.id', 'msg_assaysample1'))],
      ['before', unless(slot('message.id', 'msg_assaysample1'))],
      ['run_id', unless(slot('run.id', 'run_assaysample1'))],
    ],
  ),
  ...query(
    ['listRuns'],
    [
      ['after', unless(slot('run.id', 'run_assaysample1'))],
      ['before', unless(slot('run.id', 'run_assaysample1'))],
    ],
  ),
  ...query(
    ['listRunSteps'],
    [
      ['after', unless(slot('run_step.id', 'step_assaysample1'))],
      ['before', unless(slot('run_step.id', 'step_assaysample1'))],
    ],
  ),
];
