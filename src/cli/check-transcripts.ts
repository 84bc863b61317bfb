import { payloadValidator } from '../engine/index.ts';
import type { SchemaJudge, StreamViolation } from '../model/index.ts';
import type { RecordedTranscript } from '../recordings/index.ts';
import { createTranscriptJudge } from '../stream/index.ts';
import type { LoadedContract } from './contract.ts';

/** What `--json` says of one transcript. */
export interface TranscriptResult {
  readonly path: string;
  readonly events: number;
  readonly violations: readonly Pick<StreamViolation, 'rule' | 'level' | 'eventIndex' | 'message'>[];
}

/** Judges a raw event stream without its request, as it is read; what keeps it from being judged where it cannot be. */
export async function judgeTranscript(
  { source, events, rest }: RecordedTranscript,
  { contract, pack, reading }: LoadedContract,
  judge: SchemaJudge,
  vintage: string | undefined,
): Promise<TranscriptResult | { readonly problem: string }> {
  const practice = pack?.readings.find((one) => one.name === reading);
  const transcript = createTranscriptJudge({
    grammars: pack?.grammars ?? [],
    validate: (grammar) => payloadValidator({ contract, judge, ...(pack && { pack }) }, grammar),
    ...(practice && { practice }),
    ...(vintage !== undefined && { vintage }),
  });
  for await (const some of events) for (const event of some) transcript.push(event);
  const { comments, problem } = rest();
  if (problem !== undefined) return { problem };
  const checked = transcript.end(comments);
  if (!checked.grammar)
    return { problem: 'no grammar knows a stream like this. Its first line may say which it is: ": case {"stream": "…"}".' };
  const violations = checked.violations.map(({ rule, level, eventIndex, message }) => ({ rule, level, eventIndex, message }));
  return { path: source, events: checked.events, violations };
}

/** Whether a transcript makes `check` fail: a rule that nobody may break without harm was broken. */
export function isFaulty({ violations }: TranscriptResult): boolean {
  return violations.some(({ level }) => level !== 'MAY');
}
