import type { Fault } from 'assay/pack';
import { deafTo, isObject } from './change.ts';

export const stopIgnoredInStreams: Fault = {
  id: 'stop-ignored-in-streams',
  breaks: 'stream-twin',
  what: 'Ignores stop when it streams (B065)',
  operations: ['createChatCompletion'],
  request: (request) => (isObject(request.body) && request.body['stream'] === true ? deafTo('stop')(request) : request),
};
