import path from 'node:path';

import type { RunOptions } from '../engine/index.ts';
import type { RunEvent } from '../model/index.ts';
import { type Report, createProgress, renderTerminal } from '../reporting/index.ts';
import { createRedactor, mayCarrySecret } from '../wire/index.ts';
import { folderFor, openWriter } from './event-writer.ts';
import type { Settings } from './settings.ts';

/** Where the events of a run go: journal, report, live progress. */
export interface RunOutput {
  readonly folder: string;
  readonly onEvent: (event: RunEvent) => void;
  /** Closes the journal, writes the reports and answers the summary for the terminal. */
  finish(): Promise<{ readonly text: string; readonly report: Report }>;
}

/** Opens the run folder of a run and shows its progress. */
export function openOutput(settings: Settings, options: RunOptions): RunOutput {
  const { target, pack, baseline } = options;
  const folder = folderFor(settings.out, new URL(target.url).host);
  const given = target.headers.filter(([name]) => mayCarrySecret(name)).map(([, value]) => value);
  const redactor = createRedactor({
    secrets: [target.apiKey ?? '', ...given].filter((one) => one !== ''),
    secretMembers: pack?.secretMembers ?? [],
  });
  const writer = openWriter(folder, settings, redactor, baseline);
  const progress = createProgress(process.stderr);
  return {
    folder,
    onEvent: (event) => progress.add(writer.add(event)),
    finish: async () => {
      progress.end();
      const report = await writer.finish();
      return { report, text: `${renderTerminal(report, { color: isColored() })}reports       ${path.relative('', folder) || folder}\n` };
    },
  };
}

/** Whether standard output is a terminal that wants colours. */
function isColored(): boolean {
  return process.stdout.isTTY && !process.env['NO_COLOR'];
}
