import type { Fault } from '../../model/index.ts';

/** Breaks `answers-every-request`: the same request is cut off each time it comes. */
export const resetOnUnknown: Fault = {
  id: 'reset-on-unknown',
  breaks: 'answers-every-request',
  what: 'Resets the connection where an id names nothing, as servers do whose worker dies of it',
  wire: 'reset',
  applies: (reply) => reply.status === 404,
};
