import type { Fault } from 'assay/pack';
import { inAnswer } from './change.ts';

export const completionUntimed: Fault = {
  id: 'completion-untimed',
  breaks: 'state-explained',
  what: 'Says completed and not since when',
  operations: ['getRun'],
  reply: inAnswer((answer) => ({ ...answer, completed_at: null })),
};
