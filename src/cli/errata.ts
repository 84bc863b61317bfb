import { Command } from 'commander';

import { createErrataCounter } from '../engine/fired-errata.ts';
import { readJournal } from '../engine/index.ts';
import type { Contract } from '../model/index.ts';
import { createJudge } from '../schema/index.ts';
import { type LoadedContract, loadContract } from './contract.ts';
import { print, printError } from './print.ts';
import { runFolder, settingsOf } from './run-folder.ts';
import { type Settings, addContractOptions } from './settings.ts';

/** `errata [RUN]`: what the overlays change in the document and why, and which of it was needed in a run. */
export function errataCommand(): Command {
  const command = new Command('errata')
    .description('Lists what is known to be wrong in a document, and which of it showed in a run.')
    .argument('[run]', 'run folder, or latest');
  return addContractOptions(command)
    .option('--json', 'the list as one JSON value')
    .action(async (run: string | undefined, flags: Settings & { readonly json?: boolean }) => {
      const folder = run === undefined ? undefined : runFolder(run);
      const settings = folder === undefined ? flags : { ...(await startSettings(folder)), ...flags };
      const loaded = await loadContract({ ...settings, reading: 'contract' });
      const fired = folder === undefined ? undefined : await firedIn(folder, settings, loaded);
      if (flags.json) process.stdout.write(`${JSON.stringify(rowsOf(loaded.contract, fired), undefined, 2)}\n`);
      else list(loaded.contract, fired);
      for (const { overlay, id } of loaded.contract.overlays.filter(({ matched }) => matched === 0))
        printError(`${overlay}, action ${id} is stale: it matches nothing in ${loaded.contract.id}.`);
    });
}

type Fired = ReadonlyMap<string, number>;

function rowsOf({ overlays }: Contract, fired: Fired | undefined) {
  return overlays.map((action) => ({ ...action, ...(fired && { fired: fired.get(action.id) ?? 0 }) }));
}

function list(contract: Contract, fired: Fired | undefined): void {
  for (const action of rowsOf(contract, fired)) {
    const { id, kind, overlay, since, until, evidence, description, matched, places } = action;
    const dates = [since && `since ${since}`, until && `until ${until}`].filter(Boolean).join(', ');
    const count = action.fired === undefined ? '' : `, fired in ${action.fired} ${action.fired === 1 ? 'exchange' : 'exchanges'}`;
    print(`${id}  ${kind}${dates === '' ? '' : `, ${dates}`}  ${matched} ${matched === 1 ? 'place' : 'places'} (${overlay})${count}`);
    if (description !== undefined) print(`    ${description.replaceAll(/\s+/g, ' ')}`);
    if (evidence !== undefined) print(`    evidence: ${evidence}`);
    for (const place of places.slice(0, placesShown)) print(`    #${place}`);
    if (places.length > placesShown) print(`    … and ${places.length - placesShown} more places`);
  }
  const needed = contract.overlays.filter(({ id }) => (fired?.get(id) ?? 0) > 0);
  const total = `${contract.overlays.length} actions on ${contract.id}`;
  print(fired ? `${needed.length} of ${total} fired: ${needed.map(({ id }) => id).join(', ') || 'none'}` : total);
}

/** Of an action that holds for every operation a few places tell enough. */
const placesShown = 5;

async function startSettings(folder: string): Promise<Settings> {
  for await (const event of readJournal(folder)) if (event.type === 'run-start') return settingsOf(event);
  return {};
}

async function firedIn(folder: string, settings: Settings, { contract, pack }: LoadedContract): Promise<Fired> {
  const letter = (await loadContract({ ...settings, reading: 'letter' })).contract;
  const judged = (of: Contract) => ({ contract: of, judge: createJudge(of.document) });
  const counter = createErrataCounter(judged(letter), judged(contract), pack);
  const operations = new Map(contract.operations.map((operation) => [operation.id, operation]));
  for await (const event of readJournal(folder)) {
    if (event.type !== 'exchange') continue;
    const operation = operations.get(event.case.operationId);
    if (operation) counter.add(event.exchange, operation);
  }
  if (counter.unnamed > 0) printError(`${counter.unnamed} values are accepted only because of errata, but of which could not be told.`);
  return counter.fired;
}
