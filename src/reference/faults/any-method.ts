import type { Fault } from '../../model/index.ts';

/** Breaks `method-refused`. */
export const anyMethod: Fault = {
  id: 'any-method',
  breaks: 'method-refused',
  what: 'Answers 204 to every method of a known path, as servers do that treat all of them as a preflight',
  reply: (reply) => (reply.status === 405 ? { status: 204 } : reply),
};
