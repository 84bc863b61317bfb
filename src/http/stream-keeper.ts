import { createHash } from 'node:crypto';
import type { StreamEnd, StreamEvent, StreamRecord, StreamViolation } from '../model/index.ts';

/** What DESIGN 3.5 keeps of a stream. */
const edge = 200;
const around = 50;
/** Upper bounds of the histogram of gaps, in ms. */
const gapBounds = [1, 5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000, 30_000, Number.MAX_SAFE_INTEGER] as const;

/** Makes the record of one stream as its bytes and events come; the memory it takes does not grow with the stream. */
export interface StreamKeeper {
  bytes(chunk: Uint8Array): void;
  event(event: StreamEvent): void;
  /** Keeps the events on either side of the last one. */
  keepAround(): void;
  record(end: StreamEnd, violations?: readonly StreamViolation[]): StreamRecord;
}

export function createStreamKeeper(): StreamKeeper {
  const digest = createHash('sha256');
  const kept: StreamEvent[] = [];
  /** The last events, as a ring. */
  const ring: StreamEvent[] = [];
  const gaps = gapBounds.map(() => 0);
  let count = 0;
  let bytes = 0;
  let keepUntil = edge;
  let firstEventMs: number | undefined;
  let lastEventMs: number | undefined;
  let excused = 0;

  return {
    bytes(chunk) {
      bytes += chunk.length;
      digest.update(chunk);
    },
    event(event) {
      firstEventMs ??= event.at;
      if (lastEventMs !== undefined) {
        const gap = event.at - lastEventMs;
        const slot = gapBounds.findIndex((bound) => gap <= bound);
        gaps[slot] = (gaps[slot] ?? 0) + 1;
      }
      lastEventMs = event.at;
      if (count < keepUntil) kept.push(event);
      ring[count % edge] = event;
      count += 1;
    },
    keepAround() {
      // A stream that is wrong everywhere must not be kept whole: twenty windows show enough.
      if (excused >= 20) return;
      if (count > keepUntil) {
        const from = Math.max(count - around - 1, (kept.at(-1)?.index ?? -1) + 1);
        for (let index = Math.max(from, count - edge); index < count; index += 1) {
          const event = ring[index % edge];
          if (event !== undefined) kept.push(event);
        }
      }
      if (count + around > keepUntil) excused += 1;
      keepUntil = Math.max(keepUntil, count + around);
    },
    record(end, violations = []) {
      const last = (kept.at(-1)?.index ?? -1) + 1;
      const tail: StreamEvent[] = [];
      for (let position = Math.max(0, count - edge); position < count; position += 1) {
        const event = ring[position % edge];
        if (event !== undefined && event.index >= last) tail.push(event);
      }
      return {
        count,
        bytes,
        digest: digest.digest('hex'),
        kept: [...kept, ...tail],
        end,
        ...(firstEventMs === undefined ? {} : { firstEventMs }),
        ...(lastEventMs === undefined ? {} : { lastEventMs }),
        gaps: gapBounds.flatMap((bound, index) => (gaps[index] === 0 ? [] : [[bound, gaps[index] ?? 0] as const])),
        violations,
      };
    },
  };
}
