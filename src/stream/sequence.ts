import type { StreamGrammar } from '../model/index.ts';

type SequenceRules = NonNullable<StreamGrammar['sequence']>;

export interface SequenceFault {
  readonly rule: string;
  readonly expected: string;
  readonly eventIndex?: number;
}

/** Judges the numbers of a stream: there, rising, without gaps; after a fault the count goes on from what came. */
export function createSequence(rules: SequenceRules, startsAfter: number | undefined) {
  let last: number | undefined;
  let expected = startsAfter === undefined ? 0 : startsAfter + 1;
  let started = false;
  let missedAt: number | undefined;
  let unsure = false;
  /** After a number that did not rise: the stream may go on from it, or from the count. */
  let other: number | undefined;

  return {
    /** What could not be read has its number too, and may have been several events. */
    skip(): void {
      unsure = true;
    },
    /** `wanted`: whether the edition has numbers; `undefined` where it was only guessed that it has none. */
    next(number: unknown, wanted: boolean | undefined, eventIndex: number): SequenceFault | undefined {
      const isNumber = Number.isInteger(number);
      if (!isNumber) {
        expected += 1;
        if (wanted !== true && number === undefined) {
          if (wanted === undefined) missedAt ??= eventIndex;
          return undefined;
        }
        return { rule: rules.missing, expected: 'an integer on every event' };
      }
      const came = number as number;
      const before = last;
      const resumed = !started && startsAfter !== undefined;
      const place = came === other || (unsure && came >= expected) ? came : expected;
      unsure = false;
      if (came === place) expected = came;
      other = undefined;
      started = true;
      last = before === undefined ? came : Math.max(before, came);
      expected += 1;
      const missed = missedAt;
      missedAt = undefined;
      if (resumed && came <= startsAfter) {
        expected = came + 1;
        return { rule: rules.resume, expected: `numbers above ${startsAfter}` };
      }
      if (before !== undefined && came <= before) other = came + 1;
      if (before !== undefined && came <= before) return { rule: rules.order, expected: `more than ${before}` };
      if (missed !== undefined) return { rule: rules.missing, expected: 'an integer on every event', eventIndex: missed };
      if (came === place) return undefined;
      expected = came + 1;
      return { rule: rules.step, expected: String(place) };
    },
  };
}
