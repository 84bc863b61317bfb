import type { Fault, JsonObject } from 'assay/pack';
import { inChoices, inRows } from './change.ts';

export const cutCalledStop: Fault = {
  id: 'cut-called-stop',
  breaks: 'cut-admitted',
  what: 'Says stop where the limit of tokens cut the text off, with and without a stream',
  operations: ['createChatCompletion'],
  reply: (reply, context) => (reply.events === undefined ? inRows('choices', renamed)(reply, context) : inChoices(renamed)(reply, context)),
};

function renamed(choice: JsonObject): JsonObject {
  return choice['finish_reason'] === 'length' ? { ...choice, finish_reason: 'stop' } : choice;
}
