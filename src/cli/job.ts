import { type ReplayResult, type ReplayedCase, type RunOptions, type RunResult, planRun, replay, run } from '../engine/index.ts';
import { createSender } from '../http/index.ts';
import type { Case, RunEvent } from '../model/index.ts';
import { loadContract } from './contract.ts';
import { startEmbedded } from './embedded.ts';
import { prepare } from './prepare.ts';
import { runOptionsOf } from './run-options.ts';
import type { Settings } from './settings.ts';

/** A run that is ready to start: contract loaded, embedded server up where it is the target, nothing sent yet. */
export interface Job {
  readonly options: RunOptions;
  /** The planned cases, without sending anything. */
  cases(): readonly Case[];
  run(onEvent: (event: RunEvent) => void, signal?: AbortSignal): Promise<RunResult>;
  /** Sends one case of an earlier run again and compares with the fingerprints recorded then. */
  replay(asked: ReplayedCase): Promise<ReplayResult>;
  close(): Promise<void>;
}

/** Opens the job that settings describe; refuses what cannot be meant before anything is sent. */
export async function openJob(settings: Settings): Promise<Job> {
  const loaded = await loadContract(settings);
  const embedded = settings.target === undefined ? await startEmbedded(loaded) : undefined;
  try {
    const options = runOptionsOf(settings, loaded, embedded);
    const deps = prepare(options, loaded);
    const connect = () => {
      const origin = URL.parse(options.target.url)?.origin ?? options.target.url;
      // A few more connections than cases: set-up, controls and re-sendings run beside them.
      return createSender({ baseUrl: origin, concurrency: options.concurrency + 4, timeouts: options.timeouts });
    };
    return {
      options,
      cases: () => planRun(options, deps).cases,
      run: async (onEvent, signal) => {
        const sender = connect();
        return run(options, { ...deps, sender, onEvent, ...(signal && { signal }) }).finally(() => sender.close());
      },
      replay: async (asked) => {
        const sender = connect();
        return replay(options, { ...deps, sender }, asked).finally(() => sender.close());
      },
      close: async () => embedded?.close(),
    };
  } catch (thrown) {
    await embedded?.close();
    throw thrown;
  }
}
