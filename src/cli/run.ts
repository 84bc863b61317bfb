import { Command } from 'commander';

import { withConfig } from './config.ts';
import { openJob } from './job.ts';
import { openOutput } from './output.ts';
import { printError } from './print.ts';
import { type Report, coverageShare } from '../reporting/index.ts';
import { type Settings, addContractOptions, addPlanOptions, append, list, positiveNumber, wholeNumber } from './settings.ts';

/** `run [TARGET]`: the main job. Without a target it runs against the embedded reference server. */
export function runCommand(): Command {
  const command = new Command('run')
    .description('Runs the contract against a target and writes a conformance report.')
    .argument('[target]', 'base URL');
  addPlanOptions(addContractOptions(command))
    .option('--model <name>', 'the model that requests name')
    .option('--bind <slot=value>', 'another value of the run; may be given again', append)
    .option('--api-key-env <variable>', 'environment variable that holds the API key')
    .option('--header <name: value>', 'header field of every request; may be given again', append)
    .option('--max-requests <n>', 'stop after so many requests', wholeNumber)
    .option('--max-time <seconds>', 'stop after so long', positiveNumber)
    .option('--max-latency <ms>', 'an answer that takes longer is a finding', positiveNumber)
    .option('--max-inconclusive <share>', 'exit 2 above this share of undecided cases', positiveNumber)
    .option('--fail-on <level>', 'fail or warn')
    .option('--require-coverage <share>', 'exit 1 if less of the keywords that were tried is proven', positiveNumber)
    .option('--baseline <file>', 'known findings of the target')
    .option('--concurrency <n>', 'cases at once', wholeNumber)
    .option('--timeout <seconds>', 'for a whole answer', positiveNumber)
    .option('--idle-timeout <seconds>', 'without a byte', positiveNumber)
    .option('--report <formats>', 'json, html, junit, markdown, ctrf, coverage', list)
    .option('--out <folder>', 'run folder')
    .option('--force', 'replace the journal in the run folder')
    .action(async (target: string | undefined, flags: Settings) => {
      process.exitCode = await runJob({ ...flags, ...(target !== undefined && { target }) });
    });
  return command;
}

/** Runs the job that the settings describe, writes its reports and answers its exit code. */
async function runJob(flags: Settings): Promise<0 | 1 | 2> {
  const settings = await withConfig(flags);
  const job = await openJob(settings);
  const interrupt = new AbortController();
  const onSignal = (): void => {
    printError('stopping: finishing the journal and cleaning up. Once more ends at once.');
    interrupt.abort();
  };
  process.once('SIGINT', onSignal);
  process.once('SIGTERM', onSignal);
  try {
    const output = openOutput(settings, job.options);
    const result = await job.run(output.onEvent, interrupt.signal);
    const { text, report } = await output.finish();
    process.stdout.write(text);
    return result.exitCode === 0 && !isCovered(report, settings.requireCoverage) ? 1 : result.exitCode;
  } finally {
    process.off('SIGINT', onSignal);
    process.off('SIGTERM', onSignal);
    await job.close();
  }
}

function isCovered(report: Report, required: number | undefined): boolean {
  const { proven, tried } = coverageShare(report.coverage);
  if (required === undefined || proven >= required * tried) return true;
  printError(`--require-coverage ${required}: ${proven} of the ${tried} keywords that were tried are proven.`);
  return false;
}
