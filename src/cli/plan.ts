import { Command } from 'commander';

import { classesOf, guardedClasses, planRun } from '../engine/index.ts';
import type { Case } from '../model/index.ts';
import { withConfig } from './config.ts';
import { loadContract } from './contract.ts';
import { prepare } from './prepare.ts';
import { print } from './print.ts';
import { runOptionsOf } from './run-options.ts';
import { type Settings, addContractOptions, addPlanOptions } from './settings.ts';

interface PlanFlags extends Settings {
  readonly cases?: boolean;
}

/** `plan`: exact counts of what a run would try, and what it would cost. Sends nothing. */
export function planCommand(): Command {
  const command = new Command('plan').description('Shows what a run would send, without sending it.');
  return addPlanOptions(addContractOptions(command))
    .option('--cases', 'one line of JSON per case')
    .action(async (flags: PlanFlags) => {
      const { cases: asLines, ...given } = flags;
      const settings = await withConfig(given);
      const loaded = await loadContract(settings);
      // Nothing is sent; the address only has to be one.
      const options = runOptionsOf({ ...settings, allow: settings.allow ?? [...guardedClasses] }, loaded, {
        url: 'http://127.0.0.1',
        apiKey: '',
      });
      const plan = planRun(options, prepare(options, loaded));
      if (asLines) {
        for (const planned of plan.cases) process.stdout.write(`${JSON.stringify(planned)}\n`);
        return;
      }
      const count = (test: (planned: Case) => boolean): number => plan.cases.filter(test).length;
      const costly = new Set(
        options.contract.operations.filter((one) => classesOf(one, options.pack).includes('costly')).map((one) => one.id),
      );
      print(
        `${options.contract.id}: ${plan.operations.length} of ${options.contract.operations.length} operations, ${plan.cases.length} cases, seed ${options.seed}`,
      );
      print(
        `  valid ${count((one) => one.mode === 'valid')}   invalid ${count((one) => one.mode === 'invalid')}   probe ${count((one) => one.mode === 'probe')}`,
      );
      for (const phase of options.phases) print(`  phase ${phase}: ${count((one) => one.phase === phase)}`);
      print(
        `  requests that run a model if they are accepted: ${count((one) => costly.has(one.operationId) && one.mode !== 'invalid')} (a foreign target needs --allow costly)`,
      );
      for (const skipped of plan.skipped) print(`  left out: ${skipped.operationId} (${skipped.why})`);
      for (const entry of options.contract.lint.filter((one) => one.skips !== undefined))
        print(`  the document: ${entry.message} (${entry.pointer})`);
    });
}
