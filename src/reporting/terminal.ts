import type { Verdict } from '../model/index.ts';
import { renderCoverage } from './coverage.ts';
import { cut, plain, withoutCiCommands } from './escape.ts';
import { findingLines } from './finding-lines.ts';
import type { Report } from './report.ts';
import {
  casesLine,
  counted,
  countsLine,
  coverageFigures,
  duration,
  errataMet,
  leftBehindLine,
  operationFigures,
  outcomeSentence,
  total,
} from './words.ts';

/** How the terminal is written to. */
export interface TerminalOptions {
  readonly color?: boolean;
  /** Show the whole coverage table, not its figures alone. */
  readonly coverage?: boolean;
  /** Findings shown in full; the report files hold all. */
  readonly maxFindings?: number;
  /** The run folder as it is named in commands. */
  readonly run?: string;
}

const colors: Readonly<Record<Verdict, string>> = {
  fail: '31',
  error: '35',
  warn: '33',
  inconclusive: '36',
  unsupported: '90',
  pass: '32',
};
const labelWidth = 14;

/** The summary of a run for people: findings by cause, then the figures. */
export function renderTerminal(report: Report, options: TerminalOptions = {}): string {
  const { maxFindings = 20, run = 'latest' } = options;
  const paint = (verdict: Verdict, text: string) => (options.color === true ? `\u001B[${colors[verdict]}m${text}\u001B[0m` : text);
  const shown = report.findings.slice(0, maxFindings);
  const lines = shown.flatMap((finding) => [...findingLines(report, finding, run, paint), '']);
  const hidden = report.findings.length - shown.length;
  if (hidden > 0) lines.push(`… and ${counted(hidden, 'more cause')}: see report.html or report.json`, '');
  if (options.coverage === true) lines.push(renderCoverage(report));
  lines.push(...summaryLines(report, paint));
  return withoutCiCommands(`${lines.join('\n')}\n`);
}

function summaryLines(report: Report, paint: (verdict: Verdict, text: string) => string): string[] {
  const { summary, contract, target } = report;
  const done = total(summary.verdicts);
  const planned =
    summary.planned === undefined || summary.planned.cases === done
      ? ''
      : ` (${summary.planned.cases} planned, the others controls and set-up)`;
  const verdicts = countsLine(summary.verdicts, true)
    .split(', ')
    .map((part) => paint(part.split(' ')[1] as Verdict, part))
    .join(', ');
  const rows: (readonly [string, string | undefined])[] = [
    [
      'contract',
      plain(
        `${contract.id}, ${counted(contract.operations, 'operation')}, reading ${report.reading}, profile ${report.profile}, seed ${report.seed}`,
      ),
    ],
    ['target', plain(target.url) + (target.embedded ? ' (embedded reference server)' : '')],
    [
      'operations',
      operationFigures(report)
        .map(([what, figure]) => `${figure} ${what}`)
        .join(', ')
        .replace(/exercised with invalid requests$/, 'with invalid ones'),
    ],
    ['cases', `${done}${planned}: ${casesLine(report)}`],
    ['verdicts', verdicts],
    ...report.inconclusive.map(
      ({ reason, checkId, count, detail }) =>
        ['inconclusive', plain(`${count} ${reason}${checkId === undefined ? '' : ` (${checkId})`}: ${cut(detail, 160)}`)] as const,
    ),
    [
      'unsupported',
      report.unsupported.length === 0 ? undefined : counted(report.unsupported.length, 'operation') + ' not promised and properly refused',
    ],
    [
      'skipped',
      report.skipped.length === 0
        ? undefined
        : `${counted(report.skipped.length, 'entry', 'entries')}: ${plain(cut(report.skipped[0]?.why ?? '', 120))}${report.skipped.length === 1 ? '' : ', …'}`,
    ],
    ['coverage', report.coverage.length === 0 ? undefined : coverageFigures(report.coverage)],
    ['notes', summary.notes === 0 ? undefined : `${counted(summary.notes, 'cause')} that change no verdict`],
    ['errata met', errataLine(report)],
    ['lint', report.lint.length === 0 ? undefined : `${counted(report.lint.length, 'fault')} of the document`],
    ['left behind', report.ledger.leftBehind.length === 0 ? undefined : plain(leftBehindLine(report.ledger.leftBehind))],
    ['requests', `${summary.requests} in ${duration(summary.durationMs)}`],
    ...report.messages.map((message) => ['note', plain(message)] as const),
    ['result', `${outcomeSentence(report)}${report.exitCode === undefined ? '' : ` Exit code ${report.exitCode}.`}`],
  ];
  return rows.flatMap(([label, text]) => (text === undefined ? [] : [`${label.padEnd(labelWidth)}${text}`]));
}

const errataShown = 5;

function errataLine(report: Report): string | undefined {
  const met = errataMet(report);
  if (met.length === 0) return undefined;
  const named = met.slice(0, errataShown).map(({ id, fired }) => `${id} (${counted(fired, 'exchange')})`);
  return plain(`${counted(met.length, 'repair')} of the document needed: ${named.join(', ')}${met.length > errataShown ? ', …' : ''}`);
}
