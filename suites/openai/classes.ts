import type { OperationClass } from 'assay/pack';

const byClass: readonly (readonly [classes: readonly OperationClass[], operations: readonly string[]])[] = [
  [
    ['create', 'costly'],
    ['createChatCompletion', 'createCompletion', 'createEmbedding', 'createResponse', 'createRun', 'createThreadAndRun'],
  ],
  [
    ['create', 'costly'],
    ['createSpeech', 'createTranscription', 'createTranslation', 'createImage', 'createImageEdit', 'createImageVariation'],
  ],
  [
    ['create', 'costly'],
    ['createBatch', 'createFineTuningJob'],
  ],
  [['mutate', 'costly'], ['submitToolOuputsToRun']],
  [['read'], ['createModeration', 'searchVectorStore']],
  [['create'], ['createAssistant', 'createThread', 'createMessage', 'createFile', 'createUpload', 'addUploadPart']],
  [['create'], ['createVectorStore', 'createVectorStoreFile', 'createVectorStoreFileBatch']],
  [['create'], ['create-realtime-session', 'create-realtime-transcription-session']],
  [['mutate'], ['modifyAssistant', 'modifyThread', 'modifyMessage', 'modifyRun', 'cancelRun', 'updateChatCompletion']],
  [['mutate'], ['cancelUpload', 'completeUpload', 'modifyVectorStore', 'updateVectorStoreFileAttributes', 'cancelVectorStoreFileBatch']],
  [['mutate'], ['cancelBatch', 'cancelFineTuningJob']],
  [
    ['create', 'admin'],
    ['createFineTuningCheckpointPermission', 'admin-api-keys-create', 'inviteUser', 'create-project'],
  ],
  [
    ['create', 'admin'],
    ['create-project-user', 'create-project-service-account'],
  ],
  [
    ['mutate', 'admin'],
    ['modify-user', 'modify-project', 'modify-project-user', 'update-project-rate-limits'],
  ],
  [
    ['delete', 'admin'],
    ['deleteFineTuningCheckpointPermission', 'admin-api-keys-delete', 'delete-invite', 'delete-user', 'archive-project'],
  ],
  [
    ['delete', 'admin'],
    ['delete-project-user', 'delete-project-service-account', 'delete-project-api-key'],
  ],
  [
    ['read', 'admin'],
    ['listFineTuningCheckpointPermissions', 'admin-api-keys-list', 'admin-api-keys-get', 'list-invites', 'retrieve-invite'],
  ],
  [
    ['read', 'admin'],
    ['list-users', 'retrieve-user', 'list-projects', 'retrieve-project', 'list-project-users', 'retrieve-project-user'],
  ],
  [
    ['read', 'admin'],
    ['list-project-service-accounts', 'retrieve-project-service-account', 'list-project-api-keys', 'retrieve-project-api-key'],
  ],
  [
    ['read', 'admin'],
    ['list-project-rate-limits', 'list-audit-logs', 'usage-costs', 'usage-completions', 'usage-embeddings', 'usage-images'],
  ],
  [
    ['read', 'admin'],
    ['usage-audio-speeches', 'usage-audio-transcriptions', 'usage-code-interpreter-sessions', 'usage-moderations'],
  ],
  [['read', 'admin'], ['usage-vector-stores']],
];

/** What an operation does to the target, where its method does not say it all. */
export const classes: ReadonlyMap<string, readonly OperationClass[]> = new Map(
  byClass.flatMap(([effect, operations]) => operations.map((operation) => [operation, effect] as const)),
);
