import type { JsonObject, StreamEnd, StreamEvent, StreamViolation } from '../model/index.ts';

/** One error of a payload against the schema of its type. */
export interface PayloadError {
  /** Of the member concerned: for a missing one the place where it should be. */
  readonly pointer: string;
  readonly expected: string;
  readonly actual: string;
}

export interface StreamContext {
  /** What the request asked for, as {@link contextOf} reads it; absent where the request is not known. */
  readonly request?: JsonObject;
  /** The edition of the event schemas; found in the stream where absent. */
  readonly vintage?: string;
  /** Judges a payload by the schema of its type: `undefined` where the contract has none. */
  readonly validate?: (type: string, payload: JsonObject) => readonly PayloadError[] | undefined;
}

/** A judgement in progress: pushed event by event, ended once. */
export interface StreamJudge {
  push(event: StreamEvent): StreamViolation[];
  end(how: StreamEnd): StreamViolation[];
  /** The edition found so far. */
  readonly vintage: string | undefined;
  /** The sentinel or the terminal event has come: nothing more is wanted. */
  readonly finished: boolean;
}
