import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { type RunOptions, UsageError, linkLatest, nearest, openJournal } from '../engine/index.ts';
import type { RunEvent } from '../model/index.ts';
import { type Report, type ReportFormat, createProgress, createReportFold, renderTerminal, reportFormats } from '../reporting/index.ts';
import { createRedactor } from '../wire/index.ts';
import type { Settings } from './settings.ts';

/** Where the events of a run go: journal, report, live progress. */
export interface RunOutput {
  readonly folder: string;
  readonly onEvent: (event: RunEvent) => void;
  /** Closes the journal, writes the reports and answers the summary for the terminal. */
  finish(): Promise<string>;
}

/** Opens the run folder before anything is sent, so that a folder that cannot be written costs no request. */
export function openOutput(settings: Settings, options: RunOptions): RunOutput {
  const formats = formatsOf(settings.report);
  const folder = path.resolve(settings.out ?? path.join('reports', folderName(options.target.url)));
  mkdirSync(path.dirname(folder), { recursive: true });
  const redactor = createRedactor({
    secrets: [options.target.apiKey ?? '', ...options.target.headers.map(([, value]) => value)].filter((one) => one !== ''),
    secretMembers: options.pack?.secretMembers ?? [],
  });
  const journal = openJournal(folder, settings.force ?? false);
  const { baseline } = options;
  const fold = createReportFold(
    baseline.size > 0 ? { baseline: { file: baseline.file, known: (...of) => baseline.known(...of), gone: () => baseline.gone() } } : {},
  );
  const progress = createProgress(process.stderr);
  return {
    folder,
    onEvent: (event) => {
      // What passed quotes nothing from outside: ids of ours and of checks.
      const safe = event.type === 'outcome' && event.outcome.status === 'pass' ? event : redactor.event(event);
      journal.write(safe);
      fold.add(safe);
      progress.add(safe);
    },
    finish: async () => {
      progress.end();
      await journal.close();
      const report = fold.report();
      writeFormats(folder, formats, report);
      linkLatest(folder);
      const color = process.stdout.isTTY && !process.env['NO_COLOR'];
      return `${renderTerminal(report, { color })}reports       ${path.relative('', folder) || folder}\n`;
    },
  };
}

/** Writes the reports of the named formats (all where none is named) into a folder, making it. */
export function writeReports(folder: string, names: readonly string[] | undefined, report: Report): void {
  mkdirSync(folder, { recursive: true });
  writeFormats(folder, formatsOf(names), report);
}

function writeFormats(folder: string, formats: readonly ReportFormat[], report: Report): void {
  for (const { file, render } of formats) if (file !== undefined) writeFileSync(path.join(folder, file), render(report));
}

/** UTC time and host, with nothing in it that a file system or a shell would trip over. */
function folderName(url: string): string {
  const time = new Date()
    .toISOString()
    .replaceAll(/[-:]/g, '')
    .replace(/\.\d+Z$/, 'Z');
  const host = new URL(url).host.replaceAll(/[^a-zA-Z0-9.-]/g, '-');
  for (let copy = 1; ; copy++) {
    const name = copy === 1 ? `${time}-${host}` : `${time}-${host}-${copy}`;
    if (!existsSync(path.join('reports', name))) return name;
  }
}

function formatsOf(names: readonly string[] | undefined): ReportFormat[] {
  const all = [...reportFormats.keys()].filter((name) => name !== 'terminal');
  return (names ?? all).map((name) => {
    const format = reportFormats.get(name);
    if (format) return format;
    const near = nearest(name, all);
    throw new UsageError(
      `There is no report format "${name}".${near ? ` Did you mean "${near}"?` : ''} The formats are: ${all.join(', ')}.`,
    );
  });
}
