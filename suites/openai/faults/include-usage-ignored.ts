import type { Fault } from 'assay/pack';
import { deafTo } from './change.ts';

export const includeUsageIgnored: Fault = {
  id: 'include-usage-ignored',
  breaks: 'chat.usage-missing',
  alsoBreaks: [{ check: 'stream-twin', reason: 'The same request without a stream still gets the right answer.' }],
  what: 'Ignores include_usage (B083)',
  operations: ['createChatCompletion'],
  request: deafTo('stream_options'),
};
