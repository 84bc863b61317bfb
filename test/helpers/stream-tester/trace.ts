import type { Json, JsonObject } from '../../../src/model/index.ts';

/** One event as it is sent; a string is data that is no JSON of ours. */
export interface Sent {
  readonly event?: string;
  readonly data: Json;
  /** Lines put before the data line, as they are. */
  readonly lines?: readonly string[];
}

/** A stream, with what its request asked for as the grammar reads it. */
export interface Trace {
  readonly name: string;
  /** The id of its grammar. */
  readonly stream: string;
  /** Absent where nothing is known of the request. */
  readonly request?: JsonObject;
  readonly events: readonly Sent[];
}
