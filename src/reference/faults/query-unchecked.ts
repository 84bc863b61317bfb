import type { Fault } from '../../model/index.ts';

/** Breaks `invalid-rejected` for query parameters; bodies are still validated. */
export const queryUnchecked: Fault = {
  id: 'query-unchecked',
  breaks: 'invalid-rejected',
  what: 'Takes any value of a query parameter, as servers do that read what they understand and drop the rest',
  lenient: 'query',
};
