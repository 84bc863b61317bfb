import type { TransportErrorKind } from '../model/index.ts';
import { defineCheck, must } from './define.ts';

const silences = {
  reset: 'the connection was reset',
  closed: 'the connection was closed',
  'idle-timeout': 'nothing came for too long',
  'total-timeout': 'the answer took too long',
  limit: 'the answer passed a limit',
} as const satisfies Partial<Record<TransportErrorKind, string>>;

/**
 * A stream that breaks off is the business of the stream rules, HTTP that cannot be read that of `http-well-formed`, and
 * a probe that of `survives-probe`. A request that never left is our own error.
 */
export const answersEveryRequest = defineCheck({
  id: 'answers-every-request',
  requirement: must('prose', 'Every request gets a whole response', 'https://www.rfc-editor.org/rfc/rfc9110#section-3.4'),
  needs: 'exchange',
  applies: ({ case: planned, exchange }) => {
    if (planned?.mode === 'probe' || exchange.stream !== undefined) return false;
    return exchange.error === undefined ? exchange.response !== undefined : exchange.error.sent && exchange.error.kind in silences;
  },
  *run({ exchange }) {
    const { error, response, timings } = exchange;
    if (error === undefined) return;
    const what = silences[error.kind as keyof typeof silences];
    const limit = error.limit === undefined ? '' : ` (${error.limit})`;
    const place = response === undefined ? 'before the head' : `in the body of a ${response.status}`;
    yield {
      expected: 'a whole response',
      actual: `${what}${limit} ${place}, ${Math.round(timings.endMs)} ms after the request: ${error.message}`,
      at: response === undefined ? 'response' : 'body',
      actualType: error.kind,
    };
  },
});
