import { type LoadedContract, loadContract } from '../../src/cli/contract.ts';
import { prepare } from '../../src/cli/prepare.ts';
import { runOptionsOf } from '../../src/cli/run-options.ts';
import type { Settings } from '../../src/cli/settings.ts';
import { type RunDeps, type RunOptions, run } from '../../src/engine/index.ts';
import { createSender } from '../../src/http/index.ts';
import type { Fault, Outcome, PassedEvent, RunEvent } from '../../src/model/index.ts';
import { createReferenceServer } from '../../src/reference/index.ts';

/** A plan that is made once and run against one server after the other. */
export interface FaultBench {
  readonly loaded: LoadedContract;
  /** Runs the plan against a reference server with these faults: every outcome, and what the server itself complained about. */
  run(faults: readonly Fault[], only?: readonly string[], idleMs?: number): Promise<FaultRun>;
}

interface FaultRun {
  readonly outcomes: readonly Outcome[];
  /** Ids of the checks that found something, and of stream rules instead of their check; sorted. */
  readonly found: readonly string[];
  readonly complaints: readonly string[];
}

/** Loads the contract of the settings, with a short patience for servers that do not answer. */
export async function faultBench(settings: Settings): Promise<FaultBench> {
  const loaded = await loadContract(settings);
  const patient: Settings = { idleTimeout: 10, timeout: 20, concurrency: 1, maxInconclusive: 1, ...settings };
  let deps: Pick<RunDeps, 'checks' | 'source' | 'judge'> | undefined;
  return {
    loaded,
    async run(faults, only = [], idleMs) {
      const complaints: string[] = [];
      const behaviours = loaded.pack?.reference;
      const { contract } = loaded;
      // A second passes with every look at the clock, so that lists have an order that can be seen.
      let clock = 1_742_600_000_000;
      const now = (): number => (clock += 1000);
      const server = await createReferenceServer({
        now,
        contract,
        ...(behaviours && { behaviours }),
        faults,
        selfCheck: true,
        log: (line) => void complaints.push(line),
      });
      const options: RunOptions = { ...runOptionsOf(patient, loaded, server), ...(only.length > 0 && { only }) };
      deps ??= prepare(options);
      const sender = createSender({
        baseUrl: server.origin,
        concurrency: options.concurrency + 4,
        timeouts: { ...options.timeouts, ...(idleMs !== undefined && { idleMs }) },
      });
      const outcomes: Outcome[] = [];
      const onEvent = (event: RunEvent): void => {
        if (event.type === 'outcome') outcomes.push(event.outcome);
        if (event.type === 'passed') outcomes.push(...passesOf(event));
      };
      await run(options, { ...deps, sender, onEvent });
      await sender.close();
      await server.close();
      return { outcomes, found: [...new Set(outcomes.flatMap(namesOf))].toSorted(), complaints };
    },
  };
}

function passesOf({ caseId, exchangeId, operationId, checkIds }: PassedEvent): Outcome[] {
  return checkIds.map((checkId) => ({ caseId, exchangeId, operationId, checkId, status: 'pass', violations: [] }));
}

/** What an outcome says was broken: its check; the rules of the stream for the check that speaks for all of them. */
function namesOf({ status, checkId, violations }: Outcome): readonly string[] {
  if (status !== 'fail' && status !== 'warn' && status !== 'error') return [];
  if (checkId !== 'stream-rules') return [checkId];
  return violations.filter(({ level }) => level !== 'MAY').map(({ rule }) => rule ?? checkId);
}
