import { parentPort, workerData } from 'node:worker_threads';

// The judge of the proxy behind a latch that a test holds: before it takes the first message of the kind that is named it
// wakes who waits for that, and stands still until the latch is opened. What comes meanwhile waits, as behind any slow check.
const { latch, at, breaks } = workerData as { readonly latch: Int32Array; readonly at: string; readonly breaks: boolean };

parentPort?.on('message', ({ type }: { readonly type: string }) => {
  if (type !== at || Atomics.load(latch, 0) > 0) return;
  Atomics.store(latch, 0, 1);
  Atomics.notify(latch, 0);
  if (breaks) throw new Error('The judge broke.');
  Atomics.wait(latch, 1, 0);
});

await import('../../src/cli/proxy-judge.ts');
