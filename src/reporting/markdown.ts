import { code, cut, withoutCiCommands } from './escape.ts';
import { errataLines, noteLines, operationLines, undecidedLines } from './markdown-tables.ts';
import type { Report, ReportedFinding } from './report.ts';
import { casesLine, counted, countsLine, duration, operationFigures, operationNames, outcomeSentence, ruleName, total } from './words.ts';

/** A job summary may hold 1 MB; a person reads the first causes, the other formats hold all. */
const maxFindings = 50;

/** Markdown fit for a CI job summary. Whatever comes from outside stands in code spans. */
export function renderMarkdown(report: Report): string {
  const { summary } = report;
  const lines = [
    `# ${code(report.contract.id)} against ${code(report.target.url)}`,
    '',
    `**${outcomeSentence(report)}**${report.exitCode === undefined ? '' : ` Exit code ${report.exitCode}.`}`,
    '',
    '| | |',
    '|---|---|',
    ...operationFigures(report).map(([what, figure]) => `| Operations ${what} | ${figure} |`),
    `| Cases | ${total(summary.verdicts)}: ${casesLine(report)} |`,
    `| Verdicts | ${countsLine(summary.verdicts, true)} |`,
    `| Requests | ${summary.requests} in ${duration(summary.durationMs)} |`,
    `| Reading, profile, seed | ${code(report.reading)}, ${code(report.profile)}, ${report.seed} |`,
    '',
    ...report.messages.map((message) => `- ${code(message)}`),
    ...findingLines(report),
    ...operationLines(report),
    ...undecidedLines(report),
    ...errataLines(report),
    ...noteLines(report),
  ];
  return withoutCiCommands(`${lines.join('\n').trimEnd()}\n`);
}

function findingLines(report: Report): string[] {
  const shown = report.findings.slice(0, maxFindings);
  if (shown.length === 0) return [];
  const name = operationNames(report);
  const hidden = report.findings.length - shown.length;
  const more = hidden === 0 ? [] : ['', `… and ${counted(hidden, 'more cause')} in report.html and report.json.`];
  return [
    '',
    `## Findings: ${counted(report.findings.length, 'cause')}`,
    ...shown.flatMap((finding) => findingBlock(finding, name)),
    ...more,
  ];
}

function findingBlock(finding: ReportedFinding, name: (id: string) => string): string[] {
  const [first = '', ...others] = finding.operationIds;
  const more = others.length === 0 ? '' : ` and ${counted(others.length, 'more operation')}`;
  return [
    '',
    `### ${finding.verdict}: ${code(ruleName(finding))} at ${code(name(first))}${more}`,
    '',
    `- ${finding.level}, ${finding.requirement.source}: ${code(finding.requirement.text)}`,
    `- expected ${code(cut(finding.expected, 400))} at ${code(finding.at)}`,
    `- actual ${code(cut(finding.actual, 400))}`,
    ...(finding.mutation === undefined ? [] : [`- broken: ${code(finding.mutation)}`]),
    `- ${counted(finding.count, 'time')}; again: ${code(finding.reproduce.replay ?? `case ${finding.caseId}`)}`,
    ...(finding.known === undefined ? [] : [`- known: ${code(finding.known)}`]),
  ];
}
