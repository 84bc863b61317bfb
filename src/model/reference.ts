import type { Contract, Method, Operation } from './contract.ts';
import type { Json, NameValue } from './json.ts';

/** A request to the reference server after routing, authentication and validation against the contract. */
export interface ReferenceRequest {
  readonly operation: Operation;
  readonly method: Method;
  readonly pathParameters: Readonly<Record<string, string>>;
  /** Query parameters parsed by their schemas and styles; absent ones with a default are filled in. */
  readonly query: Readonly<Record<string, Json>>;
  readonly headers: ReadonlyMap<string, string>;
  readonly mediaType?: string;
  /** JSON body, or form and multipart as an object; the bytes of file parts stand in `files`, by member name. */
  readonly body?: Json;
  readonly files: ReadonlyMap<string, readonly ReferenceFile[]>;
}

export interface ReferenceFile {
  readonly filename: string;
  readonly contentType: string;
  readonly bytes: Uint8Array;
}

/** One event that the reference server sends; `data` is serialised unless it is a string. */
export interface ReferenceEvent {
  readonly event?: string;
  readonly data: Json;
  /** Delay before it in ms, used only when real delays were asked for. */
  readonly delayMs?: number;
}

/** What the reference server answers, before it is bytes. */
export interface ReferenceReply {
  readonly status: number;
  readonly headers?: readonly NameValue[];
  readonly json?: Json;
  readonly bytes?: Uint8Array;
  readonly mediaType?: string;
  readonly events?: Iterable<ReferenceEvent>;
  /** `\n` unless the stream is one that the real service ends with `\r\n`. */
  readonly lineEnd?: '\n' | '\r\n';
}

/** What one operation does: state lives in the closure that made the behaviours. */
export type Behaviour = (request: ReferenceRequest) => ReferenceReply;

/** The pack's part of the reference server: made anew, with fresh state, for every server. */
export interface ReferenceBehaviours {
  readonly operations: ReadonlyMap<string, Behaviour>;
  /** Makes the error answer of the API in its envelope. */
  readonly error: (status: number, problem: ReferenceProblem) => ReferenceReply;
}

export interface ReferenceProblem {
  readonly message: string;
  readonly param?: string;
  readonly code?: string;
}

export interface MakeBehavioursOptions {
  readonly seed: number;
  /** The clock in Unix milliseconds. */
  readonly now: () => number;
}

export type MakeBehaviours = (contract: Contract, options: MakeBehavioursOptions) => ReferenceBehaviours;

/** One way in which the reference server is made wrong; the matrix proves that exactly the named checks see it. */
export interface Fault {
  readonly id: string;
  /** The check id, or the stream rule id, that must see it. */
  readonly breaks: string;
  /** At most two more that cannot help seeing it, each with a reason. */
  readonly alsoBreaks?: readonly { readonly check: string; readonly reason: string }[];
  /** A sentence: what real server did this, or could. */
  readonly what: string;
  /** Operation id globs: where the fault acts, and what the matrix runs to see it; all where absent. */
  readonly operations?: readonly string[];
  /** Change of the request as the behaviour sees it. */
  readonly request?: (request: ReferenceRequest) => ReferenceRequest;
  /** What the server no longer checks: the body, the query, the credentials or the media type of a request. */
  readonly lenient?: 'body' | 'query' | 'credentials' | 'media-type';
  /** Change of the reply before it is bytes. */
  readonly reply?: (reply: ReferenceReply, context: FaultContext) => ReferenceReply;
  /** What happens to the connection instead of, or after, the reply. */
  readonly wire?: 'reset' | 'hang' | 'malformed' | 'truncate' | 'hold-back';
  /** Which replies `wire` acts on; all where absent. */
  readonly applies?: (reply: ReferenceReply, context: FaultContext) => boolean;
}

/** What a fault knows of the request that is answered. */
export interface FaultContext {
  /** Absent where the path is unknown or the method is not declared. */
  readonly operation?: Operation;
  readonly method: string;
  /** The request as the behaviour saw it; `undefined` where it was refused before. */
  readonly seen: ReferenceRequest | undefined;
  /** Bytes of the request body, for what no parser saw. */
  readonly body: Uint8Array;
}
