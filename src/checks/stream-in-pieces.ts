import type { Check } from '../model/index.ts';
import { defineCheck, should } from './define.ts';

/** A fast server sends a short stream in one packet, and a machine under load takes a second for it. */
const slowMs = 3000;
const enoughEvents = 5;
/** All events within this share of the whole time came at once. */
const atOnce = 0.02;

/** Events are sent when they are ready, not kept until the end. */
export const streamInPieces: Check = defineCheck({
  id: 'stream-in-pieces',
  requirement: should('observed', 'The events of a stream arrive as they are made, not in one piece at the end'),
  needs: 'response',
  applies: ({ exchange }) => (exchange.stream?.count ?? 0) >= enoughEvents && exchange.stream?.end === 'closed',
  *run({ exchange }) {
    const { firstEventMs, lastEventMs, count } = exchange.stream ?? {};
    const { stalledMs = 0 } = exchange.timings;
    if (firstEventMs === undefined || lastEventMs === undefined || lastEventMs - stalledMs < slowMs) return;
    if ((lastEventMs - firstEventMs) / lastEventMs > atOnce) return;
    yield {
      expected: 'events spread over the time that the answer took',
      actual: `${count} events within ${Math.round(lastEventMs - firstEventMs)} ms after ${Math.round(firstEventMs)} ms of silence`,
      at: 'stream',
      actualType: 'one piece',
    };
  },
});
