import type { Feature } from 'assay/pack';

/** What a server can promise of the API, area by area. */
export const features: readonly Feature[] = [
  { id: 'models', text: 'Lists its models', operations: ['listModels', 'retrieveModel', 'deleteModel'] },
  { id: 'chat', text: 'Answers chats', operations: ['createChatCompletion'] },
  {
    id: 'stored-chat',
    text: 'Keeps chat completions and gives them back',
    operations: ['listChatCompletions', 'getChatCompletion', 'updateChatCompletion', 'deleteChatCompletion', 'getChatCompletionMessages'],
  },
  { id: 'completions', text: 'Completes plain text', operations: ['createCompletion'] },
  { id: 'embeddings', text: 'Embeds text', operations: ['createEmbedding'] },
  { id: 'moderations', text: 'Classifies harmful content', operations: ['createModeration'] },
  { id: 'images', text: 'Draws and edits images', operations: ['createImage*'] },
  { id: 'speech', text: 'Speaks text', operations: ['createSpeech'] },
  { id: 'transcription', text: 'Writes down and translates speech', operations: ['createTranscription', 'createTranslation'] },
  {
    id: 'responses',
    text: 'Answers with responses and keeps them',
    operations: ['createResponse', 'getResponse', 'deleteResponse', 'listInputItems'],
  },
  { id: 'realtime', text: 'Opens realtime sessions', operations: ['create-realtime-*'] },
  {
    id: 'assistants',
    text: 'Runs assistants over threads of messages',
    operations: [
      '*Assistant',
      '*Assistants',
      '*Thread',
      '*ThreadAndRun',
      '*Message',
      'listMessages',
      '*Run',
      'listRuns',
      '*RunStep',
      'listRunSteps',
    ],
  },
  { id: 'files', text: 'Keeps files', operations: ['createFile', 'listFiles', 'retrieveFile', 'deleteFile', 'downloadFile'] },
  { id: 'uploads', text: 'Takes large files in parts', operations: ['createUpload', 'addUploadPart', 'completeUpload', 'cancelUpload'] },
  { id: 'vector-stores', text: 'Indexes files for search', operations: ['*VectorStore*'] },
  { id: 'batches', text: 'Works off batches of requests', operations: ['createBatch', 'listBatches', 'retrieveBatch', 'cancelBatch'] },
  { id: 'fine-tuning', text: 'Fine-tunes models', operations: ['*FineTuning*'] },
  {
    id: 'administration',
    text: 'Administers an organization: users, projects, keys, usage',
    operations: [
      'admin-api-keys-*',
      '*-invite',
      '*-invites',
      'inviteUser',
      '*-user',
      '*-users',
      '*-project',
      '*-projects',
      '*-project-*',
      '*-audit-logs',
      'usage-*',
    ],
  },
];

/** Sets of features that servers of one kind promise together. */
export const profiles: ReadonlyMap<string, readonly string[]> = new Map([
  ['full', features.map((feature) => feature.id)],
  ['chat', ['models', 'chat']],
  ['inference', ['models', 'chat', 'completions', 'embeddings', 'responses']],
  [
    'inference-media',
    ['models', 'chat', 'completions', 'embeddings', 'responses', 'moderations', 'images', 'speech', 'transcription', 'realtime'],
  ],
]);
