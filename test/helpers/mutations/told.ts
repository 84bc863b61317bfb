import { type RecordedInput, type RecordedJudging, judgeRecording } from '../../../src/engine/index.ts';

/** The fails and warnings of `check` for an exchange, each in one line; notes are left out. Nothing where it is not judged. */
export function reported(recorded: RecordedInput, judging: RecordedJudging): ReadonlySet<string> | undefined {
  const verdict = judgeRecording(recorded, judging);
  if (verdict.kind === 'unjudged') return undefined;
  const lines = verdict.judged.flatMap(({ outcome }) => {
    if (outcome.status === 'error') throw new Error(`${outcome.checkId}: ${outcome.detail ?? ''}`);
    const told = outcome.violations.filter(({ level }) => level !== 'MAY');
    return told.map(({ rule, keyword, at }) => `${rule ?? outcome.checkId} ${keyword ?? ''} ${at}`);
  });
  return new Set(lines);
}
