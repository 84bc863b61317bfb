import { payloadValidator } from '../engine/index.ts';
import type { SchemaJudge, StreamViolation } from '../model/index.ts';
import type { RecordedTranscript } from '../recordings/index.ts';
import { checkTranscript } from '../stream/index.ts';
import type { LoadedContract } from './contract.ts';

/** What `--json` says of one transcript. */
export interface TranscriptResult {
  readonly path: string;
  readonly events: number;
  readonly violations: readonly Pick<StreamViolation, 'rule' | 'level' | 'eventIndex' | 'message'>[];
}

/** Judges a raw event stream without its request; `undefined` where no grammar knows it. */
export function judgeTranscript(
  { source, events, comments }: RecordedTranscript,
  { contract, pack, reading }: LoadedContract,
  judge: SchemaJudge,
  vintage: string | undefined,
): TranscriptResult | undefined {
  const practice = pack?.readings.find((one) => one.name === reading);
  const checked = checkTranscript(events, {
    grammars: pack?.grammars ?? [],
    comments,
    validate: (grammar) => payloadValidator({ contract, judge, ...(pack && { pack }) }, grammar),
    ...(practice && { practice }),
    ...(vintage !== undefined && { vintage }),
  });
  if (!checked.grammar) return undefined;
  const violations = checked.violations.map(({ rule, level, eventIndex, message }) => ({ rule, level, eventIndex, message }));
  return { path: source, events: checked.events, violations };
}

/** Whether a transcript makes `check` fail: a rule that nobody may break without harm was broken. */
export function isFaulty({ violations }: TranscriptResult): boolean {
  return violations.some(({ level }) => level !== 'MAY');
}
