import type { Check, Violation } from '../model/index.ts';
import { defineCheck, must } from './define.ts';

/** What the grammar of the operation's event stream found while it arrived: each rule with its own level. */
export const streamRules: Check = defineCheck({
  id: 'stream-rules',
  requirement: must('prose', 'The events of a stream come in the order, number and shape that the stream promises'),
  needs: 'response',
  applies: ({ exchange }) => exchange.stream !== undefined,
  *run({ exchange }): Iterable<Violation> {
    for (const violation of exchange.stream?.violations ?? []) {
      yield {
        rule: violation.rule,
        level: violation.level,
        expected: violation.expected ?? violation.message,
        actual: violation.actual ?? 'its absence',
        at: `event ${violation.eventIndex}${violation.at === undefined ? '' : ` ${violation.at}`}`,
        keyword: violation.rule,
        eventIndex: violation.eventIndex,
      };
    }
  },
});
