import type { Fault, JsonObject } from 'assay/pack';
import { inRows } from './change.ts';

export const stopKept: Fault = {
  id: 'stop-kept',
  breaks: 'stop-left-out',
  alsoBreaks: [{ check: 'stream-twin', reason: 'The stream of the same request still tells the right thing.' }],
  what: 'Returns the stop sequence with the text',
  operations: ['createCompletion'],
  reply: inRows('choices', (choice, asked) => ({ ...choice, text: `${String(choice['text'])}${stopOf(asked)}` })),
};

function stopOf({ stop }: JsonObject): string {
  return String((Array.isArray(stop) ? stop[0] : stop) ?? '');
}
