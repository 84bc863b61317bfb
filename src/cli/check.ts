import { Command } from 'commander';

import { addContractOptions, type Settings } from './settings.ts';
import { checkTranscripts } from './check-transcripts.ts';
import { loadContract } from './contract.ts';

export interface CheckFlags extends Settings {
  readonly json?: boolean;
  readonly vintage?: string;
}

/** `check FILE…`: judges recorded traffic without sending anything. */
export function checkCommand(): Command {
  const command = new Command('check')
    .description('Judges recorded traffic and raw event streams, without a network.')
    .argument('<files...>', 'files or folders');
  return addContractOptions(command)
    .option('--vintage <edition>', 'edition of the event schemas of raw streams')
    .option('--json', 'the result as one JSON value')
    .action(async (files: readonly string[], flags: CheckFlags) => {
      process.exitCode = checkTranscripts(files, await loadContract(flags), flags);
    });
}
