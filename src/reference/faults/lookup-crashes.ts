import type { Fault } from '../../model/index.ts';

/** Breaks `no-server-error`: what is not there is a crash. */
export const lookupCrashes: Fault = {
  id: 'lookup-crashes',
  breaks: 'no-server-error',
  what: 'Answers 500 where an id names nothing, as servers do that use what a lookup gave without a look at it',
  reply: (reply) => (reply.status === 404 ? { ...reply, status: 500 } : reply),
};
