import type { Fault } from 'assay/pack';
import { deafTo } from './change.ts';

export const echoIgnored: Fault = {
  id: 'echo-ignored',
  breaks: 'echo-kept',
  what: 'Completes a prompt without the prompt although echo was asked for',
  operations: ['createCompletion'],
  request: deafTo('echo'),
};
