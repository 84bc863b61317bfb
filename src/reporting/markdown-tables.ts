import { code, cut } from './escape.ts';
import type { Report } from './report.ts';
import { counted, countsLine, errataMet, ruleName } from './words.ts';

const maxNotes = 50;

/** The operations that do not simply pass. */
export function operationLines(report: Report): string[] {
  const notable = report.operations.filter(({ verdict }) => verdict !== 'pass');
  if (notable.length === 0) return ['', `All ${counted(report.operations.length, 'operation')} pass.`];
  const rows = notable.map(({ method, path, verdict, verdicts, skipped }) => {
    const why = skipped === undefined ? '' : `; skipped: ${code(skipped)}`;
    return `| ${code(`${method} ${path}`)} | ${verdict} | ${countsLine(verdicts)}${why} |`;
  });
  const passed = report.operations.length - notable.length;
  return [
    '',
    `## Operations: ${passed} of ${report.operations.length} pass`,
    '',
    '| operation | verdict | cases |',
    '|---|---|---|',
    ...rows,
  ];
}

/** What could not be told, by reason. */
export function undecidedLines(report: Report): string[] {
  if (report.inconclusive.length === 0) return [];
  const rows = report.inconclusive.map(
    ({ reason, checkId, count, operationIds, detail }) =>
      `| ${reason} | ${checkId === undefined ? '' : code(checkId)} | ${count} | ${counted(operationIds.length, 'operation')} | ${code(cut(detail, 200))} |`,
  );
  return ['', '## Inconclusive', '', '| reason | check | outcomes | where | first detail |', '|---|---|---|---|---|', ...rows];
}

/** What is worth knowing and changes no verdict, folded away. */
export function noteLines(report: Report): string[] {
  if (report.notes.length === 0) return [];
  const rows = report.notes
    .slice(0, maxNotes)
    .map((note) => `| ${code(ruleName(note))} | ${code(note.at)} | ${code(cut(note.actual, 120))} | ${note.count} |`);
  return [
    '',
    `<details><summary>Notes: ${counted(report.notes.length, 'cause')} that change no verdict</summary>`,
    '',
    '| rule | at | what came | times |',
    '|---|---|---|---|',
    ...rows,
    '',
    '</details>',
  ];
}

/** The repairs of the document that answers needed. */
export function errataLines(report: Report): string[] {
  const met = errataMet(report);
  if (met.length === 0) return [];
  const rows = met
    .slice(0, maxNotes)
    .map(({ id, kind, fired, operationIds }) => `| ${code(id)} | ${kind} | ${fired} | ${code(cut(operationIds.join(', '), 200))} |`);
  const hidden = met.length - rows.length;
  return [
    '',
    `## Errata met: ${counted(met.length, 'repair')} of the document`,
    '',
    '| erratum | kind | exchanges | operations |',
    '|---|---|---|---|',
    ...rows,
    ...(hidden === 0 ? [] : ['', `… and ${counted(hidden, 'more')} in report.html and report.json.`]),
  ];
}
