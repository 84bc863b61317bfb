import type { Level, SourceClass } from './verdict.ts';

/** One rule of a stream, with what `explain` shows of it. */
export interface StreamRule {
  readonly id: string;
  readonly level: Level;
  readonly source: SourceClass;
  readonly text: string;
  readonly reason: string;
  readonly example?: string;
}

/** The order rules of one event stream, as data. */
export interface StreamGrammar {
  /** Short name, the first part of its rule ids.
  readonly id: string;
  /** Operations whose streams it judges. */
  readonly operations: readonly string[];
  readonly rules: readonly StreamRule[];
}
