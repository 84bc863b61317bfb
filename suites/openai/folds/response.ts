import type { Json, StreamEvent } from 'assay/pack';
import { own, payloadsOf } from './payloads.ts';

const terminal = new Set(['response.completed', 'response.incomplete', 'response.failed']);

/** The response of the terminal event; that its items are what the deltas made is the grammar's business. */
export function foldResponse(events: readonly StreamEvent[]): Json | undefined {
  const last = payloadsOf(events).findLast((payload) => terminal.has(String(own(payload, 'type'))));
  return last && own(last, 'response');
}
