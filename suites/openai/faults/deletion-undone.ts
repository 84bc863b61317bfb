import type { Fault } from 'assay/pack';

export const deletionUndone: Fault = {
  id: 'deletion-undone',
  breaks: 'deleted-is-gone',
  what: 'Still shows a file that was deleted',
  operations: ['deleteFile', 'retrieveFile'],
  // The deleted one answers as any file does; an id that never was is not found.
  reply: (reply, { operation, seen }) =>
    operation?.id === 'retrieveFile' && reply.status === 404 && seen?.pathParameters['file_id']?.startsWith('file-') === true
      ? { status: 200, json: { ...file, id: seen.pathParameters['file_id'] } }
      : reply,
};

const file = { object: 'file', bytes: 1, created_at: 1_742_600_000, filename: 'a.txt', purpose: 'assistants', status: 'processed' };
