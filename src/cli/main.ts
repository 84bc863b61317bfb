import { Command, CommanderError } from 'commander';

import { ContractError } from '../contract/index.ts';
import { UsageError, nearest } from '../engine/index.ts';
import { checkCommand } from './check.ts';
import { errataCommand } from './errata.ts';
import { explainCommand } from './explain.ts';
import { listCommand } from './list.ts';
import { planCommand } from './plan.ts';
import { printError } from './print.ts';
import { proxyCommand } from './proxy.ts';
import { recheckCommand } from './recheck.ts';
import { replayCommand } from './replay.ts';
import { runCommand } from './run.ts';
import { serveCommand } from './serve.ts';
import { toolVersion } from './tool-version.ts';

/** Runs one command of the command line and sets the exit code of the process: 0 conforms, 1 findings, 2 could not measure. */
export async function main(args: readonly string[]): Promise<void> {
  // A reader such as `head` closes the pipe when it has seen enough: that is no error of ours.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit();
    throw error;
  });
  const program = new Command('assay')
    .description('Checks whether an HTTP service keeps the contract that an OpenAPI document describes.')
    .version(toolVersion())
    .showSuggestionAfterError(true)
    .exitOverride()
    .configureOutput({ outputError: (text, write) => write(text) });
  const commands = [
    runCommand(),
    replayCommand(),
    recheckCommand(),
    checkCommand(),
    proxyCommand(),
    serveCommand(),
    planCommand(),
    listCommand(),
    errataCommand(),
    explainCommand(),
  ];
  for (const command of commands)
    program.addCommand(command.exitOverride().showSuggestionAfterError(true), { isDefault: command.name() === 'run' });
  try {
    const [first] = args;
    refuseUnknownCommand(first, commands);
    await program.parseAsync([...args], { from: 'user' });
  } catch (thrown) {
    process.exitCode = exitCodeFor(thrown);
  }
}

/** `run` is the command when none is named, so that a mistyped command would be taken for a target. */
function refuseUnknownCommand(first: string | undefined, commands: readonly Command[]): void {
  if (first === undefined || first.startsWith('-') || first.includes(':') || first.includes('/')) return;
  const names = [...commands.map((command) => command.name()), 'help'];
  if (names.includes(first)) return;
  const near = nearest(first, names);
  throw new UsageError(`There is no command "${first}".${near ? ` Did you mean "${near}"?` : ''} The commands are: ${names.join(', ')}.`);
}

function exitCodeFor(thrown: unknown): number {
  if (thrown instanceof CommanderError) return thrown.exitCode === 0 ? 0 : 2;
  if (thrown instanceof UsageError || thrown instanceof ContractError) printError(thrown.message);
  else printError(thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown));
  return 2;
}
