import path from 'node:path';

import { Command } from 'commander';

import { readJournal, recheck } from '../engine/index.ts';
import type { RunStart } from '../model/index.ts';
import { createReportFold, renderTerminal } from '../reporting/index.ts';
import { createJudge } from '../schema/index.ts';
import { checksFor } from './checks.ts';
import { loadContract } from './contract.ts';
import { writeReports } from './event-writer.ts';
import { readBaseline } from './run-options.ts';
import { invocation } from './invocation.ts';
import { runFolder, settingsOf } from './run-folder.ts';
import { type Settings, list, oneOf } from './settings.ts';

/** `recheck RUN`: judges an earlier run again with today's rules and no network. */
export function recheckCommand(): Command {
  return new Command('recheck')
    .description('Judges the journal of an earlier run again, without a network.')
    .argument('<run>', 'run folder, or latest')
    .option('--reading <name>', 'another reading than that of the run')
    .option('--baseline <file>', 'known findings of the target')
    .option('--fail-on <level>', 'fail or warn')
    .option('--report <formats>', 'json, html, junit, markdown, ctrf, coverage', list)
    .option('--out <folder>', 'folder for the reports of the new judgement')
    .action(async (name: string, flags: Settings) => {
      const folder = runFolder(name);
      const start = await startOf(folder);
      const loaded = await loadContract({ ...settingsOf(start), ...(flags.reading !== undefined && { reading: flags.reading }) });
      const { contract, pack, reading } = loaded;
      const baseline = readBaseline(flags.baseline);
      const fold = createReportFold({ command: invocation() });
      const judging = { contract, judge: createJudge(contract.document), reading, profile: start.profile, ...(pack && { pack }) };
      const options = {
        checks: checksFor(loaded),
        readings: (pack?.readings ?? []).filter((one) => one.name === reading),
        baseline,
        failOn: oneOf('level to fail on', flags.failOn ?? 'fail', ['fail', 'warn'] as const),
        maxInconclusive: 0.2,
      };
      let exitCode: 0 | 1 | 2 = 2;
      for await (const event of recheck(readJournal(folder), judging, options)) {
        fold.add(event);
        if (event.type === 'run-end') exitCode = event.exitCode;
      }
      const report = fold.report();
      if (flags.out !== undefined) writeReports(path.resolve(flags.out), flags.report, report);
      process.stdout.write(renderTerminal(report, { color: false, run: name }));
      process.exitCode = exitCode;
    });
}

async function startOf(folder: string): Promise<RunStart> {
  for await (const event of readJournal(folder)) if (event.type === 'run-start') return event;
  throw new Error(`${folder}: the journal has no run-start.`);
}
