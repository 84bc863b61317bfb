import type { Check } from '../model/index.ts';
import { headersNotRecorded } from './answer.ts';
import { defineCheck, must } from './define.ts';

const eventStream = 'text/event-stream';

/** A request that asks for a stream gets one, a request that does not gets none. */
export const streamAsAsked: Check = defineCheck({
  id: 'stream-as-asked',
  requirement: must('prose', 'A successful answer is an event stream exactly when the request asks for one'),
  needs: 'response',
  applies: (context) => {
    const { streamAsked, response } = context;
    if (streamAsked === undefined || response === undefined || headersNotRecorded(context)) return false;
    return response.status >= 200 && response.status < 300;
  },
  *run({ streamAsked, response }) {
    const came = response?.mediaType ?? 'no content-type';
    if (streamAsked === (came === eventStream)) return;
    yield {
      expected: streamAsked ? `${eventStream}, for the request asks for a stream` : 'no event stream, for the request does not ask for one',
      actual: came,
      at: 'header content-type',
      actualType: came,
    };
  },
});
