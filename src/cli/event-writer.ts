import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { type Baseline, UsageError, linkLatest, nearest, openJournal } from '../engine/index.ts';
import type { RunEvent } from '../model/index.ts';
import { type Report, type ReportFormat, createReportFold, reportFormats } from '../reporting/index.ts';
import type { Redactor } from '../wire/index.ts';
import { invocation } from './invocation.ts';
import type { Settings } from './settings.ts';

/** The one place where run events are written: redacted, to a journal and into the report. */
export interface EventWriter {
  /** Answers the event as it was written. */
  add(event: RunEvent): RunEvent;
  /** Closes the journal and writes the reports. */
  finish(): Promise<Report>;
}

/** Opens the run folder before anything is sent, so that a folder that cannot be written costs no request. Without a folder nothing is written. */
export function openWriter(
  folder: string | undefined,
  settings: Pick<Settings, 'report' | 'force'>,
  redactor: Redactor,
  baseline: Baseline,
): EventWriter {
  const formats = formatsOf(settings.report);
  if (folder !== undefined) mkdirSync(path.dirname(folder), { recursive: true });
  const journal = folder === undefined ? undefined : openJournal(folder, settings.force ?? false);
  const view = { file: baseline.file, known: baseline.known.bind(baseline), gone: baseline.gone.bind(baseline) };
  const fold = createReportFold({ command: invocation(), ...(baseline.size > 0 && { baseline: view }) });
  const writtenAs = (event: RunEvent): { readonly event: RunEvent; readonly line: string } => {
    // An exchange that no file will hold needs no searching, and what passed quotes nothing from outside.
    if (journal === undefined && event.type === 'exchange') return { event, line: '' };
    if (event.type === 'passed') return { event, line: JSON.stringify(event) };
    return redactor.line(event);
  };
  return {
    add: (event) => {
      const written = writtenAs(event);
      journal?.write(written.line);
      fold.add(written.event);
      return written.event;
    },
    finish: async () => {
      await journal?.close();
      const report = fold.report();
      if (folder !== undefined) {
        writeFormats(folder, formats, report);
        linkLatest(folder);
      }
      return report;
    },
  };
}

/** Writes the reports of the named formats (all where none is named) into a folder, making it. */
export function writeReports(folder: string, names: readonly string[] | undefined, report: Report): void {
  mkdirSync(folder, { recursive: true });
  writeFormats(folder, formatsOf(names), report);
}

/** The folder that was asked for, else one in `reports`: UTC time and name, with nothing in it that a file system or a shell would trip over. */
export function folderFor(out: string | undefined, name: string): string {
  if (out !== undefined) return path.resolve(out);
  const time = new Date()
    .toISOString()
    .replaceAll(/[-:]/g, '')
    .replace(/\.\d+Z$/, 'Z');
  const plain = `${time}-${name.replaceAll(/[^a-zA-Z0-9.-]/g, '-')}`;
  for (let copy = 1; ; copy++) {
    const folder = path.resolve('reports', copy === 1 ? plain : `${plain}-${copy}`);
    if (!existsSync(folder)) return folder;
  }
}

function writeFormats(folder: string, formats: readonly ReportFormat[], report: Report): void {
  for (const { file, render } of formats) if (file !== undefined) writeFileSync(path.join(folder, file), render(report));
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
