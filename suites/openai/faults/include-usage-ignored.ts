import type { Fault } from 'assay/pack';
import { deafTo } from './change.ts';

export const includeUsageIgnored: Fault = {
  id: 'include-usage-ignored',
  breaks: 'chat.usage-missing',
  what: 'Ignores include_usage (B083)',
  operations: ['createChatCompletion'],
  request: deafTo('stream_options'),
};
