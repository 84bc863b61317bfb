import type { Fault } from 'assay/pack';
import { inRows } from './change.ts';

export const flagsInverted: Fault = {
  id: 'flags-inverted',
  breaks: 'moderation-flags-agree',
  what: 'Flags what no category holds, and the reverse',
  operations: ['createModeration'],
  reply: inRows('results', (result) => ({ ...result, flagged: result['flagged'] !== true })),
};
