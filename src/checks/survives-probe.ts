import type { CheckContext } from '../model/index.ts';
import { answerOf, isOverloaded } from './answer.ts';
import { defineCheck, must } from './define.ts';

/** A probe may be accepted or refused, and its answer is a note; it must not make the server fail, hang, close or go deaf. */
export const survivesProbe = defineCheck({
  id: 'survives-probe',
  requirement: must(
    'prose',
    'An odd but readable request is answered without a server error, and the next request is answered as before',
    'https://www.rfc-editor.org/rfc/rfc9110#section-15.6',
  ),
  needs: 'exchange',
  applies: ({ case: planned, exchange }) => planned?.mode === 'probe' && (exchange.response !== undefined || exchange.error?.sent === true),
  *run(context) {
    const { case: planned, exchange, response } = context;
    const rule = planned?.probe ?? 'probe';
    if (response === undefined) {
      return yield {
        expected: 'an answer',
        actual: `${exchange.error?.kind ?? 'none'}: ${exchange.error?.message ?? 'no answer'}`,
        at: 'response',
        rule,
        actualType: exchange.error?.kind ?? 'none',
      };
    }
    if (isOverloaded(response)) return yield { inconclusive: 'budget', detail: `the target asks to slow down: ${answerOf(response)}` };
    if (response.status >= 500 && response.status !== 501) {
      return yield { expected: 'a status below 500', actual: answerOf(response), at: 'status', rule, actualType: String(response.status) };
    }
    if (isDeafAfterwards(context)) {
      return yield {
        expected: 'the next request to be answered as before',
        actual: nextAnswer(context),
        at: 'next request',
        rule,
        actualType: 'deaf',
      };
    }
    yield { expected: 'any answer', actual: answerOf(response), at: 'status', rule, level: 'MAY', actualType: String(response.status) };
  },
});

/** The control was sent after the probe and is no longer accepted. */
function isDeafAfterwards({ exchange, related }: CheckContext): boolean {
  const { control } = related;
  return control !== undefined && !control.accepted && control.exchange.timings.startedAt > exchange.timings.startedAt;
}

function nextAnswer({ related }: CheckContext): string {
  const next = related.control?.exchange;
  return next?.response === undefined ? (next?.error?.message ?? 'no answer') : `status ${next.response.status}`;
}
