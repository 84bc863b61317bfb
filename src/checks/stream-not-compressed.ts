import type { Check } from '../model/index.ts';
import { defineCheck, should } from './define.ts';

/** A content coding on an event stream delays events until the encoder has a full block, and many clients do not decode it. */
export const streamNotCompressed: Check = defineCheck({
  id: 'stream-not-compressed',
  requirement: should('observed', 'An event stream is sent without a content coding'),
  needs: 'response',
  applies: ({ response }) => response?.mediaType === 'text/event-stream',
  *run({ response }) {
    const coding = response?.header('content-encoding');
    if (coding === undefined || /^\s*identity\s*$/i.test(coding)) return;
    yield { expected: 'no content-encoding', actual: coding, at: 'header content-encoding', actualType: coding.toLowerCase() };
  },
});
