import { Argument, Command } from 'commander';

import { genericChecks } from '../checks/index.ts';
import { classesOf } from '../engine/index.ts';
import { genericFaults } from '../reference/index.ts';
import { loadContract } from './contract.ts';
import { columns, print } from './print.ts';
import { type Settings, addContractOptions } from './settings.ts';

type Kind = 'operations' | 'checks' | 'features' | 'faults';

/** `list KIND`: one line for each thing there is. */
export function listCommand(): Command {
  const command = new Command('list')
    .description('Lists what a contract and its pack hold.')
    .addArgument(new Argument('<kind>').choices(['operations', 'checks', 'features', 'faults']));
  return addContractOptions(command).action(async (kind: Kind, flags: Settings) => {
    const { contract, pack } = await loadContract(flags);
    const rows: Readonly<Record<Kind, () => readonly (readonly string[])[]>> = {
      operations: () =>
        contract.operations.map((one) => [one.id, `${one.method} ${one.path}`, one.tags[0] ?? '', classesOf(one, pack).join(',')]),
      checks: () =>
        [...genericChecks, ...(pack?.checks ?? [])].map((one) => [
          one.id,
          one.requirement.level,
          one.requirement.source,
          one.requirement.text,
        ]),
      features: () => (pack?.features ?? []).map((one) => [one.id, `${one.operations.length} patterns`, one.text]),
      faults: () => [...genericFaults, ...(pack?.faults ?? [])].map((one) => [one.id, `breaks ${one.breaks}`, one.what]),
    };
    for (const line of columns(rows[kind]())) print(line);
  });
}
