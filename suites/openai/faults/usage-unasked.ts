import type { Fault, ReferenceEvent } from 'assay/pack';
import { inStream, isObject } from './change.ts';

export const usageUnasked: Fault = {
  id: 'usage-unasked',
  breaks: 'chat.usage-unrequested',
  what: 'Ends a stream with a usage chunk that nobody asked for (B020)',
  operations: ['createChatCompletion'],
  reply: inStream((events) => (events.some(hasUsage) ? events : withUsage(events))),
};

function hasUsage({ data }: ReferenceEvent): boolean {
  return isObject(data) && isObject(data['usage']);
}

function withUsage(events: readonly ReferenceEvent[]): readonly ReferenceEvent[] {
  const last = events.findLast((event) => isObject(event.data));
  if (!last || !isObject(last.data)) return events;
  const usage = { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 };
  return [...events.slice(0, -1), { data: { ...last.data, choices: [], usage } }, ...events.slice(-1)];
}
