import { setTimeout } from 'node:timers/promises';

/** Waits for the target's sake: a resource that is not ready, a Retry-After. Ends early, without an error, when told to stop. */
export async function wait(ms: number, signal?: AbortSignal): Promise<void> {
  await setTimeout(ms, undefined, signal ? { signal } : {}).catch(() => undefined);
}
