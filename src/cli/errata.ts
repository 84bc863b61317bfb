import { Command } from 'commander';

import { readJournal } from '../engine/index.ts';
import type { AppliedAction } from '../model/index.ts';
import { loadContract } from './contract.ts';
import { columns, print, printError } from './print.ts';
import { runFolder } from './run-folder.ts';
import { type Settings, addContractOptions } from './settings.ts';

/** `errata [RUN]`: what the overlays repair in the document, and how often each repair was needed in a run. */
export function errataCommand(): Command {
  const command = new Command('errata')
    .description('Lists what the document gets wrong or lacks, and which of it fired in a run.')
    .argument('[run]', 'a run folder, or latest');
  return addContractOptions(command).action(async (run: string | undefined, flags: Settings) => {
    const { errata, fired } =
      run === undefined ? { errata: (await loadContract(flags)).contract.overlays, fired: undefined } : await inRun(run);
    const repairs = errata.filter((action) => action.kind !== 'rule');
    const rows = repairs.map((action) => [
      action.id,
      action.kind,
      timesOf(action),
      ...(fired === undefined ? [] : [`fired ${fired.get(action.id) ?? 0}x`]),
      action.description ?? '',
    ]);
    for (const line of columns(rows)) print(line);
    for (const stale of errata.filter((action) => action.matched === 0)) {
      printError(`The erratum ${stale.id} of ${stale.overlay} matches nothing in this document any more.`);
    }
  });
}

function timesOf({ since, until }: AppliedAction): string {
  if (since === undefined && until === undefined) return '';
  return `${since ?? ''}..${until ?? ''}`;
}

async function inRun(run: string): Promise<{ readonly errata: readonly AppliedAction[]; readonly fired: ReadonlyMap<string, number> }> {
  let errata: readonly AppliedAction[] = [];
  const fired = new Map<string, number>();
  for await (const event of readJournal(runFolder(run))) {
    if (event.type === 'run-start') errata = event.contract.overlays;
    if (event.type !== 'outcome') continue;
    for (const { rule } of event.outcome.violations) if (rule !== undefined) fired.set(rule, (fired.get(rule) ?? 0) + 1);
  }
  return { errata, fired };
}
