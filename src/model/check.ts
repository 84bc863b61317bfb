import type { Case } from './case.ts';
import type { Contract, MediaType, Operation, Response } from './contract.ts';
import type { Exchange, StreamEvent } from './exchange.ts';
import type { Json, Pointer, SchemaRef } from './json.ts';
import type { InconclusiveReason, Requirement, Violation } from './verdict.ts';

/** One error of a value against a schema: the nearest one, not all that a validator finds. */
export interface SchemaError {
  readonly instancePath: Pointer;
  /** Pointer of the keyword in {@link Contract.document}. */
  readonly schemaPath: Pointer;
  readonly keyword: string;
  readonly expected: string;
  readonly actual: string;
  readonly actualType: string;
  /** The member that is missing, or one too many. */
  readonly member?: string;
  /** The union branch that this error belongs to, where a union failed. */
  readonly branch?: Pointer;
}

/** Judges values against the schemas of one contract. */
export interface SchemaJudge {
  /** Whether the value is valid; fast. */
  accepts(schema: SchemaRef, value: unknown): boolean;
  /** The reasons a person needs, nearest branch first; empty where the value is valid. */
  explain(schema: SchemaRef, value: unknown): readonly SchemaError[];
  /** Every error of the validator, for "is this keyword at this place among them". */
  errors(schema: SchemaRef, value: unknown): readonly SchemaError[];
}

/** The request of an exchange, parsed as a server would. */
export interface RequestView {
  readonly mediaType?: string;
  /** The JSON body, or the form or multipart body as an object; `undefined` where there is none or it does not parse. */
  readonly body?: Json;
  readonly query: readonly (readonly [string, string])[];
  /** Names in lower case. */
  header(name: string): string | undefined;
}

/** The response of an exchange, parsed once. */
export interface ResponseView {
  readonly status: number;
  /** Essence of content-type in lower case (`application/json`), `undefined` where the header is absent. */
  readonly mediaType?: string;
  readonly hasBody: boolean;
  /** `undefined` where the body is no JSON; `parseError` says why. */
  readonly json?: Json;
  readonly parseError?: string;
  readonly text?: string;
  /** Names in lower case; several fields of one name are joined with `, `. */
  header(name: string): string | undefined;
  /** What the operation declares for this status: exact, then range, then default. */
  readonly declared?: Response;
  /** The declared media type that fits the content-type that came. */
  readonly declaredMedia?: MediaType;
  /** All events where the body is an event stream that was kept whole. */
  readonly events?: readonly StreamEvent[];
}

/** Exchanges that a check may compare with. */
export interface RelatedExchanges {
  /** The control of an invalid case, as last sent. */
  readonly control?: { readonly case: Case; readonly exchange: Exchange; readonly accepted: boolean };
  /** The same request without a stream, for a streamed one: what the events fold to, and the plain answers that came. */
  readonly twin?: {
    /** `undefined` where the events make no answer. */
    readonly folded: Json | undefined;
    readonly plain: Json;
    /** A second plain answer, asked for when the first differs: a model that samples shows itself. */
    readonly again?: Json;
    readonly ignore: readonly string[];
    /** Pointers of members that the two answers must not share. */
    readonly unique?: readonly Pointer[];
  };
  /** The answer to who asks for a resource that this exchange deleted. */
  readonly gone?: { readonly operationId: string; readonly status: number };
  /** The state of what this exchange was to cancel, where that was over by itself. */
  readonly over?: { readonly operationId: string; readonly state: string };
  /** The pages of a list that was walked with one row a page, and the ids of one long page. */
  readonly walk?: { readonly pages: readonly ListPage[]; readonly whole: readonly string[] };
}

/** What one page of a list shows. */
export interface ListPage {
  readonly ids: readonly string[];
  /** Whether the page says that there are more; `undefined` where it does not say. */
  readonly more: boolean | undefined;
}

/** All that a check sees: what was sent and received, never the network. */
export interface CheckContext {
  readonly contract: Contract;
  readonly operation: Operation;
  /** Absent for recorded traffic. */
  readonly case?: Case;
  readonly exchange: Exchange;
  readonly request: RequestView;
  readonly response?: ResponseView;
  readonly schema: SchemaJudge;
  readonly reading: string;
  readonly related: RelatedExchanges;
  /** The operation, or what the case asks of it, is promised by the profile. */
  readonly promised: boolean;
  /** Whether the request asked for an event stream; `undefined` where the operation knows no such thing. */
  readonly streamAsked?: boolean;
  /** Limits in ms that the user set, such as `--max-latency`. */
  readonly maxLatencyMs?: number;
}

/** What a check may yield besides violations. */
export interface NotDecided {
  readonly inconclusive: InconclusiveReason;
  readonly detail: string;
}
export interface NotSupported {
  readonly unsupported: string;
}
export type CheckYield = Violation | NotDecided | NotSupported;

/** One rule over exchanges: a generator of violations. Status, grouping, evidence and reproduction are not its business. */
export interface Check {
  readonly id: string;
  readonly requirement: Requirement;
  /** What must be there before `applies` is asked: any exchange, or one with a response. */
  readonly needs: 'exchange' | 'response';
  /** Ids of the operations that the check speaks of; without them, all. */
  readonly operations?: readonly string[];
  /** Whether the check has anything to say of this exchange; without it, always. */
  readonly applies?: (context: CheckContext) => boolean;
  readonly run: (context: CheckContext) => Iterable<CheckYield>;
  /** Compares exchanges that no journal ties together: judged again, what it said of a run is kept. */
  readonly compares?: true;
}
