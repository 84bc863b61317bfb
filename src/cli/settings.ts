import { Command, InvalidArgumentError, Option } from 'commander';

import { UsageError } from '../engine/index.ts';

/** What flags and the config file may say, by the same names; flags win. */
export interface Settings {
  readonly target?: string;
  readonly contract?: string;
  readonly spec?: string;
  readonly overlay?: readonly string[];
  readonly allowRemoteRefs?: boolean;
  readonly profile?: string;
  readonly reading?: string;
  readonly model?: string;
  readonly bind?: readonly string[];
  readonly apiKeyEnv?: string;
  readonly header?: readonly string[];
  readonly only?: readonly string[];
  readonly skip?: readonly string[];
  readonly phase?: readonly string[];
  readonly seed?: number;
  readonly propertyCases?: number;
  readonly maxRequests?: number;
  readonly maxTime?: number;
  readonly maxLatency?: number;
  readonly maxInconclusive?: number;
  readonly failOn?: 'fail' | 'warn';
  readonly requireCoverage?: number;
  readonly baseline?: string;
  readonly concurrency?: number;
  readonly timeout?: number;
  readonly idleTimeout?: number;
  readonly allow?: readonly string[];
  readonly shard?: string;
  readonly report?: readonly string[];
  readonly out?: string;
  readonly force?: boolean;
  readonly config?: string | false;
}

/** The flags that say which contract, and how it is read. */
export function addContractOptions(command: Command): Command {
  return command
    .option('--contract <id>', 'a contract that ships with Assay, as pack@version')
    .option('--spec <file|url>', 'an OpenAPI 3.0 or 3.1 document instead')
    .option('--overlay <file>', 'an OpenAPI Overlay to apply; may be given again', append)
    .option('--allow-remote-refs', 'let $ref of the document fetch from http(s)')
    .option('--reading <name>', 'letter, contract, or a practice reading of the pack');
}

/** The flags that choose what of the plan is run. */
export function addPlanOptions(command: Command): Command {
  return command
    .option('--profile <name|file>', 'what the target promises')
    .option('--only <pattern>', 'operationId glob, tag:X, path:/x/*, check:x; may be given again', append)
    .option('--skip <pattern>', 'the same, left out', append)
    .option('--phase <names>', 'phases of the plan, separated by commas, or all', list)
    .option('--seed <n>', 'seed of the plan', wholeNumber)
    .option('--property-cases <n>', 'random cases per operation', wholeNumber)
    .option('--shard <i/n>', 'part i of n of the plan')
    .option('--allow <classes>', 'costly, admin', list)
    .option('--no-config', 'do not read assay.config.*')
    .addOption(new Option('--config <file>', 'config file').hideHelp());
}

export function append(value: string, before: readonly string[] = []): readonly string[] {
  return [...before, value];
}

export function list(value: string, before: readonly string[] = []): readonly string[] {
  return [...before, ...value.split(',').map((one) => one.trim())].filter((one) => one !== '');
}

export function wholeNumber(value: string): number {
  const number = Number(value);
  if (!Number.isSafeInteger(number) || number < 0) throw new InvalidArgumentError(`Expected a whole number of 0 or more, got "${value}".`);
  return number;
}

export function positiveNumber(value: string): number {
  const number = Number(value);
  if (!Number.isFinite(number) || number <= 0) throw new InvalidArgumentError(`Expected a number above 0, got "${value}".`);
  return number;
}

/** Refuses a value outside of the allowed ones with the list of them. */
export function oneOf<T extends string>(what: string, value: string, allowed: readonly T[]): T {
  const found = allowed.find((one) => one === value);
  if (found === undefined) throw new UsageError(`There is no ${what} "${value}". Expected one of: ${allowed.join(', ')}.`);
  return found;
}
