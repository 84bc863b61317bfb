import type { Fault, Json } from 'assay/pack';
import { inStream, isObject, rowsOf } from './change.ts';

export const finishSentTwice: Fault = {
  id: 'finish-sent-twice',
  breaks: 'chat.after-finish',
  what: 'Sends the finishing chunk of a choice twice (B057)',
  operations: ['createChatCompletion'],
  reply: inStream((events) => events.flatMap((event) => (finishes(event.data) ? [event, event] : [event]))),
};

function finishes(data: Json): boolean {
  return isObject(data) && rowsOf(data['choices']).some((choice) => typeof choice['finish_reason'] === 'string');
}
