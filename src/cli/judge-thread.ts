import path from 'node:path';
import { Worker } from 'node:worker_threads';

import { UsageError } from '../engine/index.ts';
import type { PassingEvent } from '../http/index.ts';
import type { PassiveSettings } from './passive-run.ts';
import { printError } from './print.ts';

/** What the thread that judges is started with. */
export interface JudgeWork {
  readonly settings: PassiveSettings;
  readonly to: string;
  readonly folder: string;
  /** Bytes of a body that are kept. */
  readonly bodyBytes: number;
}

/** What the thread is told: what passes, what it need not judge any more, that nothing more will come, and that it may go. */
export type ToJudge =
  | PassingEvent
  | { readonly type: 'forget'; readonly id: string }
  | { readonly type: 'finish'; readonly dropped: number; readonly tunnelled: number }
  | { readonly type: 'close' };

/** What the thread tells: that it is ready, why it cannot be, and how it ended. */
export type FromJudge =
  | { readonly type: 'ready' }
  | { readonly type: 'refused'; readonly message: string }
  | { readonly type: 'finished'; readonly exitCode: 0 | 1 | 2 };

/** Judges in a thread of its own, so that no client waits for a verdict. */
export interface JudgeThread {
  /** Copies and hands over; never waits. What the thread has no room for is not judged, and counted. */
  tell(event: PassingEvent): void;
  /** Exchanges that were passed on and will not be judged. */
  readonly dropped: number;
  /** Waits until all was judged and written, at most so long; answers the exit code. */
  finish(tunnelled: number, mostMs?: number): Promise<0 | 1 | 2>;
  /** Ends the thread with what it has written so far. */
  abandon(): void;
}

/** Bytes that may wait for the judge, or be held by it: so much memory an exchange may take, however slow judging is. */
const mostHeld = 128 * 1024 * 1024;
/** A full queue is judged in a few seconds; a run folder that takes longer than this will not be written at all. */
const finishWithinMs = 60_000;

const judgeScript = new URL(`./proxy-judge${path.extname(import.meta.filename)}`, import.meta.url);

/** Starts the thread; rejects with a {@link UsageError} where it refuses its work. */
export async function startJudgeThread(
  work: JudgeWork,
  options: { readonly script?: URL; readonly mostHeld?: number; readonly data?: object } = {},
): Promise<JudgeThread> {
  const held = new Int32Array(new SharedArrayBuffer(4));
  const most = options.mostHeld ?? mostHeld;
  const worker = new Worker(options.script ?? judgeScript, { workerData: { ...work, held, ...options.data } });
  const ready = Promise.withResolvers<void>();
  const ended = Promise.withResolvers<0 | 1 | 2>();
  const dropping = new Set<string>();
  let dropped = 0;
  let dead = false;
  let exitCode: 0 | 1 | 2 | undefined;
  worker.on('message', (message: FromJudge) => {
    if (message.type === 'ready') ready.resolve();
    else if (message.type === 'refused') ready.reject(new UsageError(message.message));
    else {
      exitCode = message.exitCode;
      // Only now may it go: what it said was heard.
      post({ type: 'close' });
    }
  });
  worker.once('error', (error) => {
    printError(`The judge failed; what passes from now on is not judged. ${error instanceof Error ? (error.stack ?? error.message) : ''}`);
    ready.reject(error);
  });
  worker.once('exit', () => {
    dead = true;
    ready.reject(new Error('The judge ended before it was ready.'));
    // One that said nothing of it did not get to the end.
    ended.resolve(exitCode ?? 2);
  });
  await ready.promise;

  function post(message: ToJudge, transfer: readonly ArrayBuffer[] = []): void {
    if (!dead) worker.postMessage(message, transfer);
  }

  function drop(id: string, isNew: boolean): void {
    if (dropped === 0 && !dead)
      printError(`The judge is ${Math.round(most / 1024 / 1024)} MB behind: what it has no room for is passed on and not judged.`);
    dropped++;
    dropping.add(id);
    if (!isNew) post({ type: 'forget', id });
  }

  return {
    tell: (event) => {
      const { id } = event;
      if (dropping.has(id)) {
        if (event.type === 'end') dropping.delete(id);
        return;
      }
      const cost = costOf(event);
      // An end frees more than it takes: it is always told.
      const isFull = event.type !== 'end' && Atomics.load(held, 0) + cost > most;
      if (isFull || (dead && event.type === 'request')) return drop(id, event.type === 'request');
      if (dead) return;
      Atomics.add(held, 0, cost);
      if (!('bytes' in event)) return post(event);
      // What is being sent to the other side stays there: the thread gets a copy that nobody else has.
      const bytes = new Uint8Array(event.bytes);
      post({ ...event, bytes }, [bytes.buffer]);
    },
    get dropped() {
      return dropped;
    },
    finish: async (tunnelled, mostMs = finishWithinMs) => {
      post({ type: 'finish', dropped, tunnelled });
      const timer = setTimeout(() => {
        printError(`The judge did not end within ${mostMs / 1000} s: there are no reports.`);
        void worker.terminate();
      }, mostMs);
      return ended.promise.finally(() => clearTimeout(timer));
    },
    abandon: () => void worker.terminate(),
  };
}

/** What an event takes of the room: its bytes, and so much for itself. */
export function costOf(event: PassingEvent): number {
  const own = 256;
  if ('bytes' in event) return own + event.bytes.length;
  return 'headers' in event ? own + event.headers.reduce((sum, [name, value]) => sum + name.length + value.length + 64, 0) : own;
}
