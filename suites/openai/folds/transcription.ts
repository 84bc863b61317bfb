import type { Json, StreamEvent } from 'assay/pack';
import { own, payloadsOf } from './payloads.ts';

/** The text of the final event, in the form of the plain JSON answer. */
export function foldTranscription(events: readonly StreamEvent[]): Json | undefined {
  const last = payloadsOf(events).findLast((payload) => own(payload, 'type') === 'transcript.text.done');
  return last && { text: own(last, 'text') ?? null };
}
