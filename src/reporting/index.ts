import { renderCoverage } from './coverage.ts';
import { renderCtrf } from './ctrf.ts';
import { renderHtml } from './html.ts';
import { renderJson } from './json.ts';
import { renderJunit } from './junit.ts';
import { renderMarkdown } from './markdown.ts';
import type { Report } from './report.ts';
import { renderTerminal } from './terminal.ts';

export { createReportFold } from './fold.ts';
export { coverageShare } from './coverage-share.ts';
export { createProgress } from './progress.ts';
export { renderTerminal } from './terminal.ts';
export type { Report } from './report.ts';
export { countsLine } from './words.ts';

/** One form of a report; pure, so that a journal can be reported again. */
export interface ReportFormat {
  /** The file of the run folder; absent where it goes to the terminal only. */
  readonly file?: string;
  readonly render: (report: Report) => string;
}

/** The formats by the name that `--report` takes. */
export const reportFormats: ReadonlyMap<string, ReportFormat> = new Map<string, ReportFormat>([
  ['terminal', { render: (report) => renderTerminal(report) }],
  ['json', { file: 'report.json', render: renderJson }],
  ['junit', { file: 'junit.xml', render: renderJunit }],
  ['markdown', { file: 'summary.md', render: renderMarkdown }],
  ['ctrf', { file: 'ctrf.json', render: renderCtrf }],
  ['coverage', { file: 'coverage.txt', render: renderCoverage }],
  ['html', { file: 'report.html', render: renderHtml }],
]);
