import type { Fault, Json } from 'assay/pack';
import { inStream, isObject, rowsOf } from './change.ts';

export const contentAfterFinish: Fault = {
  id: 'content-after-finish',
  breaks: 'chat.after-finish',
  what: 'Sends more content after the choice has finished',
  operations: ['createChatCompletion'],
  reply: inStream((events) => events.flatMap((event) => (finishes(event.data) ? [event, { data: reopened(event.data) }] : [event]))),
};

function finishes(data: Json): boolean {
  return isObject(data) && rowsOf(data['choices']).some((choice) => typeof choice['finish_reason'] === 'string');
}

function reopened(data: Json): Json {
  if (!isObject(data)) return data;
  return { ...data, choices: rowsOf(data['choices']).map((choice) => ({ ...choice, delta: { content: '!' }, finish_reason: null })) };
}
