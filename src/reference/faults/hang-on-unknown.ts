import type { Fault } from '../../model/index.ts';

/** Breaks `answers-every-request` after the idle timeout. */
export const hangOnUnknown: Fault = {
  id: 'hang-on-unknown',
  breaks: 'answers-every-request',
  what: 'Never answers where an id names nothing, as servers do that wait for a row that does not come',
  wire: 'hang',
  applies: (reply) => reply.status === 404,
};
