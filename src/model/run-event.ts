import type { Case, OperationClass, Phase } from './case.ts';
import type { AppliedAction, LintEntry } from './contract.ts';
import type { Exchange } from './exchange.ts';
import type { Json, JsonObject, Pointer } from './json.ts';
import type { InconclusiveReason, Outcome, Requirement } from './verdict.ts';

/**
 * Every line of a journal is one of these. `v` is raised when a reader of the old form would misread the new one: in version 1
 * each pass was an outcome of its own.
 */
interface Versioned<Type extends string> {
  readonly v: 2;
  readonly type: Type;
  /** Milliseconds since the run started. */
  readonly at: number;
}

/** What an operation is, as far as reports need it. */
export interface OperationSummary {
  readonly id: string;
  readonly method: string;
  readonly path: string;
  readonly tag: string;
  readonly classes: readonly OperationClass[];
}

export interface RunStart extends Versioned<'run-start'> {
  readonly tool: { readonly name: string; readonly version: string };
  readonly contract: {
    readonly id: string;
    readonly hash: string;
    readonly openapi: string;
    readonly operations: readonly OperationSummary[];
    readonly lint: readonly LintEntry[];
    readonly overlays: readonly AppliedAction[];
  };
  readonly target: { readonly url: string; readonly embedded: boolean };
  readonly profile: string;
  readonly reading: string;
  readonly seed: number;
  readonly startedAt: string;
  readonly options: JsonObject;
  /** Requirement of every check that may speak, so that a report needs no registry. */
  readonly checks: readonly { readonly id: string; readonly requirement: Requirement }[];
}

/** The exact counts of the plan, known before anything is sent. */
export interface PlanEvent extends Versioned<'plan'> {
  readonly cases: number;
  readonly byMode: { readonly valid: number; readonly invalid: number; readonly probe: number };
  readonly byPhase: Readonly<Partial<Record<Phase, number>>>;
  /** Upper estimate of requests, set-up, controls and re-sendings included. */
  readonly requests: number;
  readonly skipped: readonly { readonly operationId: string; readonly why: string }[];
  /** Cells that no case serves, each with its reason. */
  readonly unplanned: readonly JsonObject[];
}

export interface SetUpEvent extends Versioned<'set-up'> {
  readonly family: string;
  readonly caseId: string;
  readonly exchangeId: string;
  readonly status: 'made' | 'failed';
  readonly detail?: string;
}

export interface ExchangeEvent extends Versioned<'exchange'> {
  readonly case: Case;
  /**
   * Why it was sent: the case itself, its set-up, a control sent again, a re-sending, the same without a stream, clean-up;
   * `unjudged`: it was recorded and cannot be judged.
   */
  readonly purpose: 'case' | 'set-up' | 'control' | 'again' | 'twin' | 'shrink' | 'clean-up' | 'smoke' | 'unjudged';
  readonly exchange: Exchange;
  /** The reading that this exchange is judged under, where it is not that of the run. */
  readonly reading?: string;
  /** What the response body shows of its schema that earlier ones of the operation did not. */
  readonly seen?: {
    /** Union branches that took a value: `…/anyOf/1`. */
    readonly branches: readonly Pointer[];
    /** Enum members that came, by the schema that holds the enum. */
    readonly enums: readonly (readonly [Pointer, Json])[];
    /** How many branches or members a union or an enum has, when it is first met. */
    readonly declared: readonly (readonly [Pointer, number])[];
  };
}

/** The checks that found nothing wrong with an exchange, in one line: nearly all of what is said in a run. */
export interface PassedEvent extends Versioned<'passed'> {
  readonly caseId: string;
  readonly exchangeId: string;
  readonly operationId: string;
  readonly checkIds: readonly string[];
}

/** What one check says of a case, other than that it passed. */
export interface OutcomeEvent extends Versioned<'outcome'> {
  readonly outcome: Outcome;
  /** Written by the one that knows the request as sent, for reports. */
  readonly curl?: string;
  readonly fingerprints?: readonly string[];
  /** The case, where it was never sent, so that no exchange event holds it. */
  readonly case?: Case;
}

export interface ShrinkEvent extends Versioned<'shrink'> {
  readonly caseId: string;
  readonly requests: number;
  readonly smallest: Case;
  readonly difference: readonly string[];
}

export interface LedgerEvent extends Versioned<'ledger'> {
  readonly action: 'created' | 'removed' | 'left-behind';
  readonly family: string;
  readonly resource: string;
  readonly exchangeId?: string;
  readonly detail?: string;
}

export interface BudgetEvent extends Versioned<'budget'> {
  readonly limit: 'requests' | 'time' | 'interrupt' | 'rate';
  readonly detail: string;
  readonly notRun: number;
}

export interface RunEnd extends Versioned<'run-end'> {
  readonly requests: number;
  readonly durationMs: number;
  readonly exitCode: 0 | 1 | 2;
  readonly complete: boolean;
  /** Why the exit code is 2, or what the smoke test found, in sentences. */
  readonly messages: readonly string[];
  readonly notRun: readonly { readonly caseId: string; readonly reason: InconclusiveReason }[];
}

export type RunEvent =
  | RunStart
  | PlanEvent
  | SetUpEvent
  | ExchangeEvent
  | PassedEvent
  | OutcomeEvent
  | ShrinkEvent
  | LedgerEvent
  | BudgetEvent
  | RunEnd;
