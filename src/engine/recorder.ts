import type { RunEvent } from '../model/index.ts';

type Body<Event> = Event extends RunEvent ? Omit<Event, 'v' | 'at'> : never;

/** Stamps run events with version and time, and hands them on in order. */
export class Recorder {
  readonly #started = performance.now();
  readonly #onEvent: (event: RunEvent) => void;

  constructor(onEvent: (event: RunEvent) => void) {
    this.#onEvent = onEvent;
  }

  get elapsedMs(): number {
    return Math.round(performance.now() - this.#started);
  }

  emit(event: Body<RunEvent>): void {
    // The union is rebuilt member by member: `v` and `at` are the same in each.
    this.#onEvent({ v: 2, at: this.elapsedMs, ...event } as RunEvent);
  }
}
