import type { Binding } from 'assay/pack';
import { batchLines, pngBase64, trainingLines, uploadPartMd5, uploadPartText } from '../assets.ts';
import { body, query, value, slot, unless, textFile, vectorStore } from './rows.ts';

/** Values for files, uploads and vector stores. */
export const files: readonly Binding[] = [
  ...body(
    ['createFile'],
    [
      [
        '/file',
        {
          where: { member: 'purpose', values: ['batch'] },
          file: { filename: 'batch.jsonl', contentType: 'application/jsonl', text: batchLines },
        },
      ],
      [
        '/file',
        {
          where: { member: 'purpose', values: ['fine-tune'] },
          file: { filename: 'training.jsonl', contentType: 'application/jsonl', text: trainingLines },
        },
      ],
      [
        '/file',
        { where: { member: 'purpose', values: ['vision'] }, file: { filename: 'square.png', contentType: 'image/png', base64: pngBase64 } },
      ],
      [
        '/file',
        {
          where: { member: 'purpose', values: ['evals'] },
          file: { filename: 'evals.jsonl', contentType: 'application/jsonl', text: '{"item":{"word":"assay"}}\n' },
        },
      ],
      ['/file', { file: { filename: 'notes.txt', contentType: 'text/plain', text: 'Assay was here.\n' } }],
    ],
  ),
  ...query(
    ['listFiles'],
    [
      ['purpose', value('assistants')],
      ['after', unless(textFile)],
    ],
  ),
  ...body(
    ['createUpload'],
    [
      ['/bytes', value(uploadPartText.length)],
      ['/filename', { where: { member: 'purpose', values: ['batch', 'fine-tune'] }, values: ['lines.jsonl'] }],
      ['/mime_type', { where: { member: 'purpose', values: ['batch', 'fine-tune'] }, values: ['text/jsonl'] }],
      ['/filename', { where: { member: 'purpose', values: ['vision'] }, values: ['square.png'] }],
      ['/mime_type', { where: { member: 'purpose', values: ['vision'] }, values: ['image/png'] }],
      ['/filename', value('notes.txt')],
      ['/mime_type', value('text/plain')],
    ],
  ),
  ...body(['addUploadPart'], [['/data', { file: { filename: 'part', contentType: 'application/octet-stream', text: uploadPartText } }]]),
  ...body(
    ['completeUpload'],
    [
      ['/part_ids/*', { ...slot('upload_part.id', 'part_assaysample1'), fresh: true }],
      ['/md5', unless(value(uploadPartMd5))],
    ],
  ),
  ...body(['createVectorStore', 'createVectorStoreFileBatch'], [['/file_ids/*', textFile]]),
  ...body(
    ['createVectorStore', 'createVectorStoreFile', 'createVectorStoreFileBatch'],
    [['/chunking_strategy/static/chunk_overlap_tokens', value(50)]],
  ),
  // Attached twice, a file could be detached by a case that another one reads.
  ...body(['createVectorStoreFile'], [['/file_id', { ...textFile, fresh: true }]]),
  ...body(['searchVectorStore'], [['/filters', value({ type: 'eq', key: 'kind', value: 'note' })]]),
  ...query(
    ['listVectorStores'],
    [
      ['after', unless(vectorStore)],
      ['before', unless(vectorStore)],
    ],
  ),
  ...query(
    ['listVectorStoreFiles', 'listFilesInVectorStoreBatch'],
    [
      ['after', { omit: true }],
      ['before', { omit: true }],
    ],
  ),
];
