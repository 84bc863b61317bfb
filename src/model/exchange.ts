import type { NameValue } from './json.ts';

/** Bytes in a form a journal can hold: `text` where they are valid UTF-8, else `base64`. */
export interface Body {
  /** Bytes on the wire after the content coding was removed. */
  readonly size: number;
  readonly text?: string;
  readonly base64?: string;
  /** Set when a limit cut the kept bytes; `size` still counts what was seen. */
  readonly truncated?: boolean;
  /** A recorder shortened long encoded texts inside it; all else is whole. */
  readonly abridged?: boolean;
}

/** A request as it went out, credentials included until the redacting writer has replaced them. */
export interface SentRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: readonly NameValue[];
  readonly body?: Body;
}

/** A response as it came in. */
export interface ReceivedResponse {
  readonly status: number;
  readonly headers: readonly NameValue[];
  readonly body: Body;
  /** The declared content coding was undone; the size before that. */
  readonly encodedSize?: number;
  readonly httpVersion?: string;
}

/** What ended an event in the byte stream: a blank line, the end of the body, or the limit. */
export type EventEnd = 'blank-line' | 'end-of-body';

/** One event of a stream: an SSE block, or one message of a socket. */
export interface StreamEvent {
  /** 0-based over the events of its stream (blocks of comments only are no events). */
  readonly index: number;
  /** `in` from the target, `out` from us (sockets). */
  readonly direction: 'in' | 'out';
  /** Milliseconds since the request was sent; 0 in a recording without times. */
  readonly at: number;
  /** Value of the last `event` field; absent where no such line was sent. */
  readonly event?: string;
  /** All `data` values joined with a line feed; absent where no such line was sent. */
  readonly data?: string;
  /** Every field line as it came, in order; a comment has the name `''`. */
  readonly fields: readonly NameValue[];
  readonly end: EventEnd;
  /** Byte offset of the event's first line in the decoded body. */
  readonly offset: number;
  /** The bytes of the event were not valid UTF-8. */
  readonly invalidUtf8?: boolean;
}

/** How a stream came to its end. */
export type StreamEnd = 'closed' | 'reset' | 'aborted-by-client' | 'idle-timeout' | 'total-timeout' | 'limit' | 'recording-ends';

/** What is kept of a stream: first and last 200 events, 50 around each violation, and figures over all. */
export interface StreamRecord {
  readonly count: number;
  readonly bytes: number;
  /** SHA-256 (hex) of the decoded bytes. */
  readonly digest: string;
  readonly kept: readonly StreamEvent[];
  readonly end: StreamEnd;
  readonly firstEventMs?: number;
  readonly lastEventMs?: number;
  /** Number of gaps between events by upper bound in ms. */
  readonly gaps: readonly (readonly [upToMs: number, count: number])[];
  readonly violations: readonly StreamViolation[];
}

/** One broken rule of a stream grammar at one event. */
export interface StreamViolation {
  readonly rule: string;
  readonly level: 'MUST' | 'SHOULD' | 'MAY';
  /** Index of the event that shows it; the number of events where the end of the stream shows it. */
  readonly eventIndex: number;
  readonly message: string;
  readonly expected?: string;
  readonly actual?: string;
  /** The key of the entity concerned: `choice 0`, `item 1 / part 0`. */
  readonly entity?: string;
  /** Pointer into the event's payload. */
  readonly at?: string;
}

export type TransportErrorKind =
  | 'dns'
  | 'refused'
  | 'tls'
  | 'connect-timeout'
  | 'reset'
  | 'closed'
  | 'idle-timeout'
  | 'total-timeout'
  | 'malformed-http'
  | 'limit'
  | 'content-coding'
  | 'aborted'
  | 'other';

/** Why no (whole) response came. `sent` tells the target's fault from ours: false means that no byte of the request left. */
export interface TransportError {
  readonly kind: TransportErrorKind;
  readonly sent: boolean;
  readonly message: string;
  readonly code?: string;
  /** The named limit that was passed. */
  readonly limit?: string;
}

/** Milliseconds since `startedAt` (Unix time in ms). */
export interface Timings {
  readonly startedAt: number;
  readonly firstByteMs?: number;
  readonly endMs: number;
  /** Of that time, how long this process itself stood still (a machine under load): no silence of the target. Absent for none. */
  readonly stalledMs?: number;
}

/** A request and its response as on the wire. */
export interface Exchange {
  /** Unique in the run: `<case id>` for the first sending, `<case id>.<n>` for later ones. */
  readonly id: string;
  readonly caseId?: string;
  readonly operationId?: string;
  readonly request: SentRequest;
  readonly response?: ReceivedResponse;
  readonly stream?: StreamRecord;
  readonly error?: TransportError;
  readonly timings: Timings;
}
