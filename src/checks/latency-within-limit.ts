import { defineCheck, should } from './define.ts';

/** Latency is a measurement; it becomes a rule only by the limit that the user sets. Of a stream, the wait for the first byte counts. */
export const latencyWithinLimit = defineCheck({
  id: 'latency-within-limit',
  requirement: should('observed', 'The response comes within the limit that was set with --max-latency'),
  needs: 'response',
  applies: ({ maxLatencyMs }) => maxLatencyMs !== undefined,
  *run({ exchange, maxLatencyMs = Number.POSITIVE_INFINITY }) {
    const { firstByteMs, endMs } = exchange.timings;
    const took = exchange.stream === undefined ? endMs : (firstByteMs ?? endMs);
    if (took <= maxLatencyMs) return;
    yield {
      expected: `at most ${maxLatencyMs} ms`,
      actual: `${Math.round(took)} ms`,
      at: exchange.stream === undefined ? 'response' : 'first byte',
      actualType: 'slow',
    };
  },
});
