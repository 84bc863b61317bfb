import type { Json, Pointer } from './json.ts';

/** MUST: the document says it, or an official SDK breaks without it. SHOULD: the real service does it and clients survive without. */
export type Level = 'MUST' | 'SHOULD' | 'MAY';

/** Where a rule comes from. An `observed` rule is never a MUST. */
export type SourceClass = 'schema' | 'prose' | 'observed' | 'sdk';

/** What a rule demands, and why anyone should believe it. */
export interface Requirement {
  readonly level: Level;
  readonly source: SourceClass;
  readonly text: string;
  readonly url?: string;
}

/** What one check says of one case. */
export type Status = 'pass' | 'fail' | 'warn' | 'note' | 'unsupported' | 'inconclusive' | 'error';

/** The verdict of a case or an operation: the first of these that occurs in it. */
export const verdictOrder = ['fail', 'error', 'warn', 'inconclusive', 'unsupported', 'pass'] as const;
export type Verdict = (typeof verdictOrder)[number];

/** The closed list of reasons for `inconclusive`. */
export const inconclusiveReasons = [
  'no-producer',
  'control-refused',
  'situation-absent',
  'budget',
  'not-recorded',
  'truncated',
  'proves-nothing',
  'not-allowed',
] as const;
export type InconclusiveReason = (typeof inconclusiveReasons)[number];

/** One counterexample that a check found. */
export interface Violation {
  readonly expected: string;
  readonly actual: string;
  /** Where: `/usage/total_tokens`, `header content-type`, `event 12 /choices/0`. */
  readonly at: string;
  /** The rule inside the check, where it has several (a stream rule, an errata id). */
  readonly rule?: string;
  /** Overrides the check's level for this rule. */
  readonly level?: Level;
  readonly schemaPointer?: Pointer;
  readonly keyword?: string;
  /** The JSON type (or short class) of what came, for the fingerprint. */
  readonly actualType?: string;
  readonly eventIndex?: number;
}

export interface Outcome {
  readonly caseId: string;
  readonly exchangeId?: string;
  readonly operationId: string;
  readonly checkId: string;
  readonly status: Status;
  readonly violations: readonly Violation[];
  /** For `inconclusive`; for others a sentence where it helps. */
  readonly reason?: InconclusiveReason;
  readonly detail?: string;
}

/** A group of `fail`, `warn` or `error` outcomes with one fingerprint: one cause. */
export interface Finding {
  readonly fingerprint: string;
  readonly checkId: string;
  readonly rule?: string;
  readonly level: Level;
  readonly verdict: 'fail' | 'warn' | 'error';
  readonly requirement: Requirement;
  readonly operationIds: readonly string[];
  readonly count: number;
  /** Of the first outcome of the group. */
  readonly expected: string;
  readonly actual: string;
  readonly at: string;
  readonly schemaPointer?: Pointer;
  readonly caseId: string;
  readonly exchangeId?: string;
  readonly reproduce: { readonly curl: string; readonly replay?: string };
  /** The baseline entry that knows it. */
  readonly known?: string;
  readonly extra?: Json;
}
