import type { JsonObject, StreamEvent, StreamViolation } from '../../../src/model/index.ts';
import { checkTranscript } from '../../../src/stream/index.ts';
import { createSseDecoder } from '../../../src/wire/index.ts';
import { grammars } from '../../../suites/openai/grammars/index.ts';
import type { Sent, Trace } from '../../helpers/stream-tester/trace.ts';

export const done: Sent = { data: '[DONE]' };

/** The bytes of a trace, as a server would send them. */
export function bytesOf(events: readonly Sent[]): Uint8Array {
  const text = events.map(({ event, data, lines }) =>
    [
      ...(lines ?? []),
      ...(event === undefined ? [] : [`event: ${event}`]),
      ...(data === null ? [] : [`data: ${typeof data === 'string' ? data : JSON.stringify(data)}`]),
      '',
      '',
    ].join('\n'),
  );
  return new TextEncoder().encode(text.join(''));
}

function decoded(bytes: Uint8Array): readonly StreamEvent[] {
  const decoder = createSseDecoder();
  return [...decoder.push(bytes, 0), ...decoder.end()];
}

export function violationsOf(trace: Trace, bytes: Uint8Array = bytesOf(trace.events)): readonly StreamViolation[] {
  return checkTranscript(decoded(bytes), { grammars, request: { stream: trace.stream, ...trace.request } }).violations;
}

/** The ids of the rules that a trace breaks, each once. */
export function rulesBroken(trace: Trace, bytes?: Uint8Array): readonly string[] {
  return [...new Set(violationsOf(trace, bytes).map((violation) => violation.rule))];
}

/** Numbers the events of a 2026 stream from 0, or after what a resumed one starts with. */
export function numbered(events: readonly Sent[], from = 0): readonly Sent[] {
  let next = from;
  return events.map((sent) => {
    if (typeof sent.data !== 'object' || sent.data === null) return sent;
    const data = { ...(sent.data as JsonObject), sequence_number: next };
    next += 1;
    return { ...sent, data };
  });
}
