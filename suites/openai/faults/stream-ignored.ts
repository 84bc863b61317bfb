import type { Fault } from 'assay/pack';
import { deafTo } from './change.ts';

export const streamIgnored: Fault = {
  id: 'stream-ignored',
  breaks: 'stream-as-asked',
  what: 'Answers JSON where a stream was asked for',
  operations: ['createChatCompletion'],
  request: deafTo('stream', 'stream_options'),
};
