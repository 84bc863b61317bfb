import type { RecordedVerdict } from '../engine/index.ts';
import type { RecordedExchange } from '../recordings/index.ts';
import { type Report, countsLine } from '../reporting/index.ts';
import type { TranscriptResult } from './check-transcripts.ts';
import type { PassiveRun } from './passive-run.ts';
import { print, printable } from './print.ts';

/** Where `check` tells what it found, while it reads. */
export interface CheckOutput {
  exchange(recorded: Pick<RecordedExchange, 'source' | 'id'>, verdict: RecordedVerdict): void;
  transcript(result: TranscriptResult): void;
  end(run: PassiveRun, report: Report, unreadable: number): void;
}

/** One JSON value, written exchange by exchange: a long recording is never held. */
export function jsonOutput(text: (original: string) => string): CheckOutput {
  const files: TranscriptResult[] = [];
  let exchanges = 0;
  return {
    exchange: ({ source, id }, verdict) => {
      process.stdout.write(`${exchanges++ === 0 ? '{"exchanges": [\n' : ',\n'}${text(JSON.stringify(resultOf(source, id, verdict)))}`);
    },
    transcript: (result) => void files.push(result),
    end: ({ summary }, { findings }) => {
      const transcripts = files.length === 0 ? undefined : JSON.stringify(files, undefined, 2);
      if (exchanges === 0 && transcripts !== undefined) {
        process.stdout.write(`{"files": ${transcripts}}\n`);
        return;
      }
      const open = exchanges === 0 ? '{"exchanges": [' : '\n';
      const more = transcripts === undefined ? '' : `,\n"files": ${transcripts}`;
      const found = JSON.stringify(findings, undefined, 2);
      process.stdout.write(`${open}],\n"findings": ${found}${more},\n"summary": ${JSON.stringify(summary)}}\n`);
    },
  };
}

function resultOf(source: string, id: string, verdict: RecordedVerdict): object {
  if (verdict.kind === 'unjudged') return { source, id, operationId: null, verdict: 'unjudged', reason: verdict.reason, violations: [] };
  const reason = verdict.undecided.map((one) => `${one.reason}: ${one.detail}`).join('; ');
  return {
    source,
    id,
    operationId: verdict.operation.id,
    verdict: verdict.verdict,
    ...(reason === '' ? {} : { reason }),
    violations: linesOf(verdict).map(({ checkId, rule, level, at, message }) => ({
      checkId,
      ...(rule === undefined ? {} : { rule }),
      level,
      at,
      message,
    })),
  };
}

/** Lines for people: each violation where it stands, then everything by cause. */
export function textOutput(text: (original: string) => string): CheckOutput {
  return {
    exchange: ({ source, id }, verdict) => {
      if (verdict.kind === 'unjudged') return;
      for (const line of linesOf(verdict)) if (line.level !== 'MAY') print(text(`${source}:${id} ${lineOf(verdict, line)}`));
    },
    transcript: ({ path, violations }) => {
      for (const one of violations) print(`${path}:${one.eventIndex} ${one.rule} ${one.level} ${one.message}`);
    },
    end: (run, report, unreadable) => {
      if (run.summary.exchanges > 0) for (const line of causesOf(run, report, unreadable)) process.stdout.write(`${printable(line)}\n`);
    },
  };
}

interface Line {
  readonly checkId: string;
  readonly rule: string | undefined;
  readonly level: string;
  readonly at: string;
  readonly message: string;
}

/** `body-valid MUST POST /things /id: expected string, came 7`. */
export function lineOf({ operation }: Extract<RecordedVerdict, { kind: 'judged' }>, { checkId, rule, level, at, message }: Line): string {
  return `${rule ?? checkId} ${level} ${operation.method} ${operation.path} ${at}: ${message}`;
}

/** The violations of an exchange in one form. */
export function linesOf({ judged }: Extract<RecordedVerdict, { kind: 'judged' }>): Line[] {
  return judged.flatMap(({ outcome }): Line[] => {
    if (outcome.status === 'error')
      return [{ checkId: outcome.checkId, rule: undefined, level: 'ERROR', at: 'run', message: outcome.detail ?? 'unknown error' }];
    return outcome.violations.map(({ rule, level = 'MUST', at, expected, actual }) => ({
      checkId: outcome.checkId,
      rule,
      level,
      at,
      message: `expected ${expected}, came ${actual}`,
    }));
  });
}

/** What is shown of one cause: a terminal is no place for a whole body. */
const shownLength = 300;

function causesOf(run: PassiveRun, report: Report, unreadable: number): string[] {
  const { summary, reasons } = run;
  const causes = [
    ...report.findings.map((one) => ({ ...one, verdict: one.verdict as string })),
    ...report.notes.map((one) => ({ ...one, verdict: 'note' })),
  ];
  const told = causes.map(({ verdict, count, checkId, rule, operationIds, at, expected, actual }) => {
    const more = operationIds.length > 1 ? ` and ${operationIds.length - 1} more` : '';
    const message = `expected ${expected}, came ${actual}`;
    const cut = message.length > shownLength ? `${message.slice(0, shownLength)}…` : message;
    return `${verdict.padEnd(6)}${String(count).padStart(5)}x  ${rule ?? checkId}  ${operationIds[0] ?? ''}${more}  ${at}: ${cut}`;
  });
  const silent = [...reasons].map(([reason, count]) => `not judged${String(count).padStart(5)}x  ${reason}`);
  const undecided = report.inconclusive.map(
    ({ reason, checkId, count, detail }) =>
      `undecided ${String(count).padStart(5)}x  ${reason}${checkId === undefined ? '' : ` (${checkId})`}: ${detail}`,
  );
  return [
    ...(told.length === 0 ? [] : ['', ...told]),
    ...(silent.length + undecided.length === 0 ? [] : ['', ...silent, ...undecided]),
    '',
    `exchanges  ${summary.exchanges}: ${summary.judged} judged, ${summary.unjudged} not${unreadable === 0 ? '' : `; ${unreadable} unreadable`}`,
    `verdicts   ${countsLine(summary.verdicts, true)}`,
  ];
}
