import type { Part, ResourceFamily } from 'assay/pack';
import { administration } from './administration.ts';
import { batchLines, pngBase64, trainingLines, uploadPartText } from './assets.ts';

const namedFunction = {
  type: 'function',
  function: { name: 'look_up', description: 'Looks a word up', parameters: { type: 'object', properties: { word: { type: 'string' } } } },
} as const;

function uploaded(purpose: string, file: Omit<Part, 'name'>): NonNullable<ResourceFamily['setUp']> {
  return {
    wholeBody: {
      mediaType: 'multipart/form-data',
      parts: [
        { name: 'purpose', text: purpose },
        { name: 'file', ...file },
      ],
    },
  };
}

const fileOperations = {
  create: 'createFile',
  list: 'listFiles',
  get: 'retrieveFile',
  delete: 'deleteFile',
  idPrefix: 'file-',
  pathParameter: 'file_id',
};
const runOperations = {
  create: 'createRun',
  list: 'listRuns',
  get: 'getRun',
  modify: 'modifyRun',
  cancel: 'cancelRun',
  cancellable: { at: '/status', values: ['queued', 'in_progress', 'requires_action', 'cancelling', 'cancelled'] },
  idPrefix: 'run_',
  pathParameter: 'run_id',
};
const jobOperations = {
  create: 'createFineTuningJob',
  list: 'listPaginatedFineTuningJobs',
  get: 'retrieveFineTuningJob',
  cancel: 'cancelFineTuningJob',
  cancellable: { at: '/status', values: ['validating_files', 'queued', 'running', 'cancelled'] },
  idPrefix: 'ftjob-',
  pathParameter: 'fine_tuning_job_id',
};
const endedRuns = ['cancelled', 'failed', 'incomplete', 'expired'];

const assistants: readonly ResourceFamily[] = [
  {
    name: 'assistant',
    idPrefix: 'asst_',
    create: 'createAssistant',
    list: 'listAssistants',
    get: 'getAssistant',
    modify: 'modifyAssistant',
    delete: 'deleteAssistant',
    pathParameter: 'assistant_id',
    // A run wants a thread with a message, or an assistant that has instructions.
    setUp: { body: { instructions: 'Answer briefly.' } },
  },
  {
    name: 'thread',
    idPrefix: 'thread_',
    create: 'createThread',
    get: 'getThread',
    modify: 'modifyThread',
    delete: 'deleteThread',
    pathParameter: 'thread_id',
    alsoMadeBy: [{ operation: 'createThreadAndRun', at: '/thread_id' }],
    setUp: { body: { messages: [{ role: 'user', content: 'Hello' }] } },
  },
  {
    name: 'message',
    idPrefix: 'msg_',
    parent: 'thread',
    create: 'createMessage',
    list: 'listMessages',
    get: 'getMessage',
    modify: 'modifyMessage',
    delete: 'deleteMessage',
    pathParameter: 'message_id',
  },
  { name: 'run', parent: 'thread', ...runOperations },
  {
    name: 'finished_run',
    parent: 'thread',
    ...runOperations,
    setUp: { waitFor: { at: '/status', values: ['completed'], fails: endedRuns } },
  },
  {
    // The forced call of a function is what makes a run wait, and keeps it from ending by itself before it is cancelled.
    name: 'waiting_run',
    parent: 'thread',
    ...runOperations,
    setUp: {
      body: { tools: [namedFunction], tool_choice: { type: 'function', function: { name: 'look_up' } } },
      waitFor: { at: '/status', values: ['requires_action'], fails: ['completed', ...endedRuns] },
    },
  },
  {
    name: 'tool_call',
    idPrefix: 'call_',
    parent: 'waiting_run',
    seeded: { operation: 'getRun', at: '/required_action/submit_tool_outputs/tool_calls/*/id' },
  },
  {
    name: 'run_step',
    idPrefix: 'step_',
    parent: 'finished_run',
    list: 'listRunSteps',
    get: 'getRunStep',
    pathParameter: 'step_id',
    seeded: { operation: 'listRunSteps', at: '/data/*/id' },
  },
];

const files: readonly ResourceFamily[] = [
  {
    name: 'file',
    ...fileOperations,
    setUp: uploaded('assistants', { filename: 'notes.txt', contentType: 'text/plain', text: 'Assay was here.\n' }),
  },
  {
    name: 'image_file',
    ...fileOperations,
    setUp: uploaded('vision', { filename: 'square.png', contentType: 'image/png', base64: pngBase64 }),
  },
  {
    name: 'batch_file',
    ...fileOperations,
    setUp: uploaded('batch', { filename: 'batch.jsonl', contentType: 'application/jsonl', text: batchLines }),
  },
  {
    name: 'training_file',
    ...fileOperations,
    setUp: uploaded('fine-tune', { filename: 'training.jsonl', contentType: 'application/jsonl', text: trainingLines }),
  },
  {
    name: 'upload',
    idPrefix: 'upload_',
    create: 'createUpload',
    cancel: 'cancelUpload',
    pathParameter: 'upload_id',
    setUp: { body: { filename: 'notes.txt', purpose: 'assistants', mime_type: 'text/plain', bytes: uploadPartText.length } },
  },
  {
    name: 'upload_part',
    idPrefix: 'part_',
    parent: 'upload',
    create: 'addUploadPart',
    setUp: {
      wholeBody: {
        mediaType: 'multipart/form-data',
        parts: [{ name: 'data', filename: 'part', contentType: 'application/octet-stream', text: uploadPartText }],
      },
    },
  },
  {
    name: 'vector_store',
    idPrefix: 'vs_',
    create: 'createVectorStore',
    list: 'listVectorStores',
    get: 'getVectorStore',
    modify: 'modifyVectorStore',
    delete: 'deleteVectorStore',
    pathParameter: 'vector_store_id',
  },
  {
    name: 'vector_store_file',
    idPrefix: 'file-',
    parent: 'vector_store',
    create: 'createVectorStoreFile',
    list: 'listVectorStoreFiles',
    get: 'getVectorStoreFile',
    modify: 'updateVectorStoreFileAttributes',
    delete: 'deleteVectorStoreFile',
    pathParameter: 'file_id',
  },
  {
    name: 'vector_store_file_batch',
    idPrefix: 'vsfb_',
    parent: 'vector_store',
    create: 'createVectorStoreFileBatch',
    get: 'getVectorStoreFileBatch',
    cancel: 'cancelVectorStoreFileBatch',
    cancellable: { at: '/status', values: ['in_progress', 'cancelled'] },
    pathParameter: 'batch_id',
  },
];

const jobs: readonly ResourceFamily[] = [
  {
    name: 'batch',
    idPrefix: 'batch_',
    create: 'createBatch',
    list: 'listBatches',
    get: 'retrieveBatch',
    cancel: 'cancelBatch',
    cancellable: { at: '/status', values: ['validating', 'in_progress', 'finalizing', 'cancelling', 'cancelled'] },
    pathParameter: 'batch_id',
  },
  { name: 'fine_tuning_job', ...jobOperations },
  {
    name: 'finished_fine_tuning_job',
    ...jobOperations,
    seeded: {
      operation: 'listPaginatedFineTuningJobs',
      at: '/data/*/id',
      where: { at: '/data/*/status', values: ['succeeded'] },
    },
    setUp: { waitFor: { at: '/status', values: ['succeeded'], fails: ['failed', 'cancelled'] } },
  },
  {
    name: 'fine_tuned_model',
    idPrefix: 'ft:',
    delete: 'deleteModel',
    create: 'createFineTuningJob',
    get: 'retrieveFineTuningJob',
    id: '/fine_tuned_model',
    pathParameter: 'model',
    setUp: { waitFor: { at: '/status', values: ['succeeded'], fails: ['failed', 'cancelled'] } },
  },
  {
    // The permission operations take the model name of a checkpoint where their path says permission_id.
    name: 'fine_tuning_checkpoint',
    parent: 'finished_fine_tuning_job',
    list: 'listFineTuningJobCheckpoints',
    pathParameter: 'permission_id',
    seeded: { operation: 'listFineTuningJobCheckpoints', at: '/data/*/fine_tuned_model_checkpoint' },
  },
  {
    name: 'checkpoint_permission',
    idPrefix: 'cp_',
    parent: 'fine_tuning_checkpoint',
    create: 'createFineTuningCheckpointPermission',
    list: 'listFineTuningCheckpointPermissions',
    delete: 'deleteFineTuningCheckpointPermission',
    id: '/data/0/id',
    pathParameter: 'permission_id',
  },
];

const inference: readonly ResourceFamily[] = [
  {
    name: 'model',
    list: 'listModels',
    get: 'retrieveModel',
    pathParameter: 'model',
    seeded: { operation: 'listModels', at: '/data/*/id' },
  },
  {
    name: 'chat_completion',
    idPrefix: 'chatcmpl-',
    create: 'createChatCompletion',
    list: 'listChatCompletions',
    get: 'getChatCompletion',
    modify: 'updateChatCompletion',
    delete: 'deleteChatCompletion',
    pathParameter: 'completion_id',
    streamed: '/id',
    keptIf: { at: '/store', absent: false },
    setUp: { body: { store: true } },
  },
  {
    name: 'response',
    idPrefix: 'resp_',
    create: 'createResponse',
    get: 'getResponse',
    delete: 'deleteResponse',
    pathParameter: 'response_id',
    streamed: '/response/id',
    keptIf: { at: '/store', absent: true },
    setUp: { body: { store: true } },
  },
  {
    name: 'response_item',
    parent: 'response',
    list: 'listInputItems',
    seeded: { operation: 'listInputItems', at: '/data/*/id' },
  },
];

/** The kinds of resource of the API, and the states of them that some operation needs. */
export const families: readonly ResourceFamily[] = [...inference, ...assistants, ...files, ...jobs, ...administration];
