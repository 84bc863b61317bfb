import type { Fault } from 'assay/pack';
import { inAnswer } from './change.ts';

export const serviceTierForeign: Fault = {
  id: 'service-tier-foreign',
  breaks: 'body-valid',
  what: 'Answers with a service tier of its own (B115)',
  operations: ['createChatCompletion'],
  reply: inAnswer((answer) => ({ ...answer, service_tier: 'on_demand' })),
};
