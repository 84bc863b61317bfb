import type {
  AppliedAction,
  Finding,
  InconclusiveReason,
  JsonObject,
  Level,
  LintEntry,
  NameValue,
  ParameterPlace,
  Pointer,
  Requirement,
  SentRequest,
  StreamEnd,
  StreamEvent,
  StreamViolation,
  TransportError,
  Verdict,
} from '../model/index.ts';

/** Counts by verdict; what occurred in none is 0, so that every report shows the same columns. */
export type VerdictCounts = Readonly<Record<Verdict, number>>;

/** What was sent and received, cut to what a reader needs; the journal holds the rest. */
export interface Evidence {
  readonly exchangeId: string;
  readonly caseId?: string;
  readonly operationId?: string;
  readonly request: SentRequest;
  readonly response?: {
    readonly status: number;
    readonly headers: readonly NameValue[];
    readonly text?: string;
    readonly size: number;
    readonly cut: boolean;
  };
  readonly error?: TransportError;
  readonly endMs: number;
  readonly stream?: StreamEvidence;
}

/** The kept events of one stream: rows of the timeline. */
interface StreamEvidence {
  readonly count: number;
  readonly bytes: number;
  readonly digest: string;
  readonly end: StreamEnd;
  readonly events: readonly StreamEvent[];
  readonly violations: readonly StreamViolation[];
}

/** One finding with the id of the exchange that shows it, in {@link Report.evidence}. */
export interface ReportedFinding extends Finding {
  readonly keyword?: string;
  /** What was broken, for a finding about an invalid request. */
  readonly mutation?: string;
  readonly mode?: string;
  readonly eventIndex?: number;
  /** The smallest request that still shows it, and how it differs from the accepted control. */
  readonly smallest?: { readonly caseId: string; readonly difference: readonly string[] };
}

/** What is worth knowing and changes no verdict, grouped like findings. */
export interface Note {
  readonly fingerprint: string;
  readonly checkId: string;
  readonly rule?: string;
  readonly level: Level;
  readonly operationIds: readonly string[];
  readonly count: number;
  readonly expected: string;
  readonly actual: string;
  readonly at: string;
  readonly caseId: string;
}

/** Cases of which something could not be tried or told, by reason and check. */
export interface Undecided {
  readonly reason: InconclusiveReason | 'no-check';
  readonly checkId?: string;
  readonly count: number;
  readonly operationIds: readonly string[];
  /** Of the first case. */
  readonly detail: string;
  readonly caseId: string;
}

/** One keyword of one schema in the requests of one operation. */
export interface CoverageRow {
  readonly operationId: string;
  readonly in: ParameterPlace | 'body' | 'request';
  readonly pointer: Pointer;
  readonly keyword: string;
  readonly valid: { readonly sent: number; readonly accepted: number };
  readonly invalid: {
    readonly sent: number;
    readonly rejected: number;
    readonly accepted: number;
    readonly inconclusive: number;
    readonly notExpressible: number;
  };
  /** Members, branches and boundaries that were exercised, with the number of cases. */
  readonly aspects: readonly (readonly [aspect: string, cases: number])[];
  /** Why a cell is empty. */
  readonly reasons: readonly string[];
}

/** What was seen of a closed set of choices. */
export interface SeenChoices {
  readonly pointer: Pointer;
  readonly seen: readonly string[];
  readonly of: number;
}

/** What came back from one operation. */
export interface ResponseCoverage {
  readonly statuses: readonly (readonly [status: string, count: number])[];
  readonly mediaTypes: readonly (readonly [mediaType: string, count: number])[];
  /** Unions of the response schemas by pointer: the branches that took a value, of how many. */
  readonly unions: readonly SeenChoices[];
  /** Enums by the pointer of their schema: the members that came as JSON, of how many. */
  readonly enums: readonly SeenChoices[];
}

export interface OperationReport {
  readonly id: string;
  readonly method: string;
  readonly path: string;
  readonly tag: string;
  readonly verdict: Verdict;
  /** Cases by verdict. */
  readonly verdicts: VerdictCounts;
  /** Outcomes by check. */
  readonly checks: readonly { readonly id: string; readonly verdicts: VerdictCounts }[];
  readonly exercisedValid: boolean;
  readonly exercisedInvalid: boolean;
  readonly requests: number;
  readonly latency?: Spread;
  readonly seen: ResponseCoverage;
  /** Why it was left out of the plan. */
  readonly skipped?: string;
}

/** A distribution in ms; over at most the first 1,000 values of an operation. */
export interface Spread {
  readonly count: number;
  readonly min: number;
  readonly median: number;
  readonly p95: number;
  readonly max: number;
}

/** Timing of the event streams of one operation. */
export interface StreamTiming {
  readonly operationId: string;
  readonly streams: number;
  readonly events: number;
  readonly firstEventMs?: Spread;
  /** Number of gaps between events by upper bound in ms. */
  readonly gaps: readonly (readonly [upToMs: number, count: number])[];
  readonly eventsPerSecond?: number;
  readonly ends: readonly (readonly [end: StreamEnd, count: number])[];
  /** The first stream of the operation, in {@link Report.evidence}. */
  readonly sample?: string;
}

/** What an overlay repairs, and how often that was needed. */
export interface Erratum extends AppliedAction {
  /** Exchanges that keep the contract only because of it. */
  readonly fired: number;
  /** Operations of these exchanges. */
  readonly operationIds: readonly string[];
}

/** A run in one value: `report.json`, and all that the other formats see. */
export interface Report {
  readonly schemaVersion: 1;
  readonly tool: { readonly name: string; readonly version: string };
  readonly contract: { readonly id: string; readonly hash: string; readonly openapi: string; readonly operations: number };
  readonly target: { readonly url: string; readonly embedded: boolean };
  readonly profile: string;
  readonly reading: string;
  readonly seed: number;
  readonly startedAt: string;
  readonly options: JsonObject;
  /** False where the run was stopped before the plan was done; `messages` say why. */
  readonly complete: boolean;
  readonly exitCode?: 0 | 1 | 2;
  readonly messages: readonly string[];
  readonly summary: {
    readonly verdicts: VerdictCounts;
    readonly operations: {
      readonly total: number;
      readonly exercisedValid: number;
      readonly exercisedInvalid: number;
      /** Of which exchanges were recorded, or passed by. */
      readonly recorded: number;
    };
    /** Cases by mode; exchanges that nobody planned are `recorded`. */
    readonly cases: { readonly valid: number; readonly invalid: number; readonly probe: number; readonly recorded: number };
    readonly planned?: { readonly cases: number; readonly requests: number };
    readonly requests: number;
    readonly durationMs: number;
    readonly findings: { readonly fail: number; readonly warn: number; readonly error: number; readonly known: number };
    readonly notes: number;
  };
  readonly findings: readonly ReportedFinding[];
  readonly operations: readonly OperationReport[];
  readonly notes: readonly Note[];
  readonly unsupported: readonly { readonly operationId: string; readonly count: number; readonly detail: string }[];
  readonly inconclusive: readonly Undecided[];
  readonly skipped: readonly { readonly operationId: string; readonly why: string }[];
  readonly coverage: readonly CoverageRow[];
  readonly streams: readonly StreamTiming[];
  readonly lint: readonly LintEntry[];
  readonly errata: readonly Erratum[];
  readonly checks: readonly { readonly id: string; readonly requirement: Requirement; readonly verdicts: VerdictCounts }[];
  readonly ledger: {
    readonly created: number;
    readonly removed: number;
    readonly leftBehind: readonly { readonly family: string; readonly resource: string }[];
  };
  readonly budget: readonly { readonly limit: string; readonly detail: string; readonly notRun: number }[];
  readonly baseline?: { readonly file: string; readonly known: number; readonly gone: readonly string[] };
  readonly evidence: readonly Evidence[];
}
