import { parentPort, workerData } from 'node:worker_threads';

import { ContractError } from '../contract/index.ts';
import { UsageError } from '../engine/index.ts';
import { createWitness } from '../http/index.ts';
import { textOutput } from './check-output.ts';
import { loadContract } from './contract.ts';
import { type FromJudge, type JudgeWork, type ToJudge, costOf } from './judge-thread.ts';
import { openPassiveRun } from './passive-run.ts';
import { createWatcher } from './watcher.ts';

// The thread of `proxy` that judges what its parent passes on. It owns the contract, the checks, the journal and the reports.
const port = parentPort;
if (port === null) throw new Error('This module is the start of a thread.');
const { settings, to, folder, bodyBytes, held } = workerData as JudgeWork & { readonly held: Int32Array };
const say = (message: FromJudge): void => port.postMessage(message);

try {
  await judge(port);
} catch (thrown) {
  if (!(thrown instanceof UsageError || thrown instanceof ContractError)) throw thrown;
  say({ type: 'refused', message: thrown.message });
}

/** Gets ready, then judges what is told; ends when it is told to. */
async function judge(from: NonNullable<typeof parentPort>): Promise<void> {
  const loaded = await loadContract(settings);
  const target = new URL(to);
  const run = openPassiveRun(loaded, settings, {
    target: target.origin + target.pathname.replace(/\/+$/, ''),
    folder,
    options: { proxy: true },
  });
  const watcher = createWatcher(run, loaded.pack?.readings ?? [], target.host);
  const kept = new Map<string, number>();
  const release = (id: string): void => {
    Atomics.sub(held, 0, kept.get(id) ?? 0);
    kept.delete(id);
  };
  const witness = createWitness({
    limits: { bodyBytes },
    onEvent: watcher.event,
    onExchange: (exchange) => {
      watcher.exchange(exchange);
      release(exchange.id);
    },
  });

  async function finish({ dropped, tunnelled }: Extract<ToJudge, { type: 'finish' }>): Promise<void> {
    await witness.settled();
    const messages = [
      ...(dropped === 0
        ? []
        : [`${counted(dropped, 'exchange was', 'exchanges were')} passed on but not judged: judging was too far behind.`]),
      ...(tunnelled === 0
        ? []
        : [`${counted(tunnelled, 'upgraded connection was', 'upgraded connections were')} passed on, and not judged.`]),
    ];
    const { exchanges } = run.summary;
    // As much of a run may be undecided before it counts as no measurement.
    const measured = exchanges > 0 && dropped <= (exchanges + dropped) * mostUnjudged;
    const { report, exitCode } = await run.finish(messages, measured);
    textOutput(run.text).end(run, report, 0);
    say({ type: 'finished', exitCode });
  }

  from.on('message', (message: ToJudge) => {
    if (message.type === 'close') return from.close();
    if (message.type === 'finish') return void finish(message);
    if (message.type === 'forget') {
      watcher.forget(message.id);
      witness.forget(message.id);
      return release(message.id);
    }
    const cost = costOf(message);
    witness.take(message);
    if (witness.holds(message.id)) kept.set(message.id, (kept.get(message.id) ?? 0) + cost);
    else Atomics.sub(held, 0, cost);
  });
  say({ type: 'ready' });
}

const mostUnjudged = 0.2;

function counted(count: number, one: string, many: string): string {
  return `${count} ${count === 1 ? one : many}`;
}
