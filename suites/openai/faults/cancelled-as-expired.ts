import type { Fault } from 'assay/pack';
import { inAnswer } from './change.ts';

export const cancelledAsExpired: Fault = {
  id: 'cancelled-as-expired',
  breaks: 'state-after-call',
  what: 'Shows another end than the cancellation that was asked for',
  operations: ['cancelUpload'],
  reply: inAnswer((answer) => ({ ...answer, status: 'expired' })),
};
