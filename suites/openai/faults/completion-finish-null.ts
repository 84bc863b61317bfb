import type { Fault } from 'assay/pack';
import { inChoices } from './change.ts';

export const completionFinishNull: Fault = {
  id: 'completion-finish-null',
  breaks: 'compl.finish-missing',
  what: 'Leaves finish_reason null to the end, for completions',
  operations: ['createCompletion'],
  reply: inChoices((choice) => ({ ...choice, finish_reason: null })),
};
