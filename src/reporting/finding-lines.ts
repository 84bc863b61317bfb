import type { Verdict } from '../model/index.ts';
import { cut, plain } from './escape.ts';
import type { Report, ReportedFinding } from './report.ts';
import { counted, operationNames, placeLine } from './words.ts';

/** One finding for a terminal: what was expected, what came, where, and how to see it again. */
export function findingLines(
  report: Report,
  finding: ReportedFinding,
  run: string,
  paint: (verdict: Verdict, text: string) => string,
): string[] {
  const name = operationNames(report);
  const [first = '', ...others] = finding.operationIds;
  const more = others.length === 0 ? '' : ` and ${counted(others.length, 'more operation')}`;
  const mode = finding.mode === undefined ? '' : ` (${finding.mode})`;
  const rule = finding.rule === undefined ? '' : `  ${plain(finding.rule)}`;
  const head = `${paint(finding.verdict, finding.verdict.padEnd(5))} ${plain(finding.checkId)}${rule}  ${plain(name(first))}${more}  case ${plain(finding.caseId)}${mode}  ${finding.level}`;
  const rows: (readonly [string, string])[] = [
    ['expected', placeLine(finding)],
    ['actual', cut(finding.actual, 400)],
    ...(finding.mutation === undefined ? [] : [['broken', finding.mutation] as const]),
    ...(finding.smallest === undefined ? [] : [['smallest', finding.smallest.difference.join('; ')] as const]),
    ['seen', counted(finding.count, 'time')],
    ...(finding.known === undefined ? [] : [['known', finding.known] as const]),
    [
      'again',
      [finding.reproduce.replay?.replace('replay latest', `replay ${run}`) ?? '', cut(finding.reproduce.curl, 600)]
        .filter((part) => part !== '')
        .join('     '),
    ],
  ];
  return [head, ...rows.map(([label, text]) => `  ${label.padEnd(9)} ${plain(text)}`)];
}
