import type { Fault } from 'assay/pack';
import { deafTo } from './change.ts';

export const responseFormatIgnored: Fault = {
  id: 'response-format-ignored',
  breaks: 'json-as-asked',
  what: 'Ignores response_format and writes prose (B271)',
  operations: ['createChatCompletion'],
  request: deafTo('response_format'),
};
