import { cut, plain, withoutCiCommands } from './escape.ts';
import type { CoverageRow, Report } from './report.ts';
import { coverageFigures, operationNames } from './words.ts';

const widths = { in: 8, keyword: 18, valid: 9, invalid: 34 };

/** The coverage table as text, for a terminal or a file: every keyword of every request, and why a cell is empty. */
export function renderCoverage(report: Report): string {
  if (report.coverage.length === 0) return 'No keyword of a request was exercised.\n';
  const name = operationNames(report);
  const groups = [...Map.groupBy(report.coverage, ({ operationId }) => operationId)];
  const lines = groups.flatMap(([id, rows]) => [`${plain(name(id))}  ${coverageFigures(rows)}`, ...rows.flatMap(rowLines), '']);
  const seen = report.operations.flatMap((operation) => seenLines(operation));
  const answers = seen.length === 0 ? [] : ['Responses', ...seen, ''];
  return withoutCiCommands(`${[...lines, ...answers, `All requests  ${coverageFigures(report.coverage)}`].join('\n')}\n`);
}

function rowLines(row: CoverageRow): string[] {
  const { valid, invalid } = row;
  const ends: readonly (readonly [number, string])[] = [
    [invalid.accepted, 'accepted'],
    [invalid.inconclusive, 'inconclusive'],
    [invalid.notExpressible, 'not expressible'],
  ];
  const others = ends.filter(([count]) => count > 0).map(([count, end]) => `, ${count} ${end}`);
  const cells = [
    row.in.padEnd(widths.in),
    row.keyword.padEnd(widths.keyword),
    `${valid.accepted} of ${valid.sent}`.padEnd(widths.valid),
    `${invalid.rejected} of ${invalid.sent}${others.join('')}`.padEnd(widths.invalid),
    `#${row.pointer}`,
  ];
  const exercised = row.aspects.map(([aspect, count]) => `${aspect} × ${count}`).join(', ');
  const remarks = [exercised, ...row.reasons.map((reason) => `not ${reason}`)].filter((part) => part !== '').join('; ');
  return [`  ${plain(cells.join(' '))}`, ...(remarks === '' ? [] : [`           ${plain(cut(remarks, 1_000))}`])];
}

function seenLines({ method, path, seen }: Report['operations'][number]): string[] {
  if (seen.statuses.length === 0) return [];
  const counts = (entries: readonly (readonly [string, number])[]) => entries.map(([name, count]) => `${name} × ${count}`).join(', ');
  const choices = [
    ...seen.unions.map(({ pointer, seen: branches, of }) => `branches ${branches.join(', ')}: ${branches.length} of ${of} of #${pointer}`),
    ...seen.enums.map(({ pointer, seen: members, of }) => `${members.join(', ')}: ${members.length} of ${of} of #${pointer}`),
  ];
  return [
    `  ${plain(`${method} ${path}  ${counts(seen.statuses)}; ${counts(seen.mediaTypes)}`)}`,
    ...choices.map((choice) => `    ${plain(cut(choice, 1_000))}`),
  ];
}
