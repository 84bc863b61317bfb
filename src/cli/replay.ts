import { Command } from 'commander';

import { countedFingerprints } from '../engine/index.ts';
import { openJob } from './job.ts';
import { print } from './print.ts';
import { recordedCase, runFolder, settingsOf } from './run-folder.ts';
import { type Settings, append } from './settings.ts';

/** `replay RUN CASE`: sends a case again, with its set-up and control, and says SAME, FIXED, CHANGED or FLAKY. */
export function replayCommand(): Command {
  return new Command('replay')
    .description('Sends a case of an earlier run again and compares: SAME, FIXED, CHANGED or FLAKY.')
    .argument('<run>', 'run folder, or latest')
    .argument('<case>', 'case id')
    .option('--target <url>', 'another target than that of the run')
    .option('--model <name>', 'the model that requests name')
    .option('--api-key-env <variable>', 'environment variable that holds the API key')
    .option('--header <name: value>', 'header field of every request; may be given again', append)
    .action(async (run: string, id: string, flags: Settings) => {
      const { start, planned, outcomes, control } = await recordedCase(runFolder(run), id);
      const job = await openJob({ ...settingsOf(start), ...flags });
      try {
        if (job.options.contract.hash !== start.contract.hash)
          print('The contract has changed since that run: the case is sent as it was planned then.');
        const result = await job.replay({ planned, recorded: countedFingerprints(outcomes), ...(control && { control }) });
        print(
          `${result.verdict ?? 'NOT SENT'}  ${planned.operationId}  case ${planned.id} (${planned.mode})${planned.mutation ? `: ${planned.mutation.what}` : ''}`,
        );
        for (const message of result.messages) print(`  ${message}`);
        for (const { outcome } of result.tries.at(-1) ?? []) {
          if (outcome.status === 'pass') continue;
          print(`  ${outcome.status} ${outcome.checkId}${outcome.detail === undefined ? '' : `: ${outcome.detail}`}`);
          for (const violation of outcome.violations)
            print(`    expected  ${violation.expected} at ${violation.at}\n    actual    ${violation.actual}`);
        }
        const counted = countedFingerprints(result.tries.at(-1) ?? []);
        process.exitCode = result.verdict === undefined ? 2 : counted.size > 0 ? 1 : 0;
      } finally {
        await job.close();
      }
    });
}
