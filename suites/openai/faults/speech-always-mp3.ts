import type { Fault } from 'assay/pack';
import { deafTo } from './change.ts';

export const speechAlwaysMp3: Fault = {
  id: 'speech-always-mp3',
  breaks: 'speech-as-asked',
  what: 'Speaks mp3 whatever format was asked for, as local speech servers do',
  operations: ['createSpeech'],
  request: deafTo('response_format'),
};
