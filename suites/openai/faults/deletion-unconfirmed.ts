import type { Fault } from 'assay/pack';
import { inAnswer } from './change.ts';

export const deletionUnconfirmed: Fault = {
  id: 'deletion-unconfirmed',
  breaks: 'delete-confirmed',
  what: 'Says deleted: false of what it has deleted',
  operations: ['deleteAssistant', 'deleteFile'],
  reply: inAnswer((answer) => ({ ...answer, deleted: false })),
};
