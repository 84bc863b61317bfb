import type { Fault } from '../../model/index.ts';

/** Breaks `http-well-formed`. */
export const malformedRefusal: Fault = {
  id: 'malformed-refusal',
  breaks: 'http-well-formed',
  what: 'Writes a status line that is none where an id names nothing, as hand-written servers do on the paths that nobody tried',
  wire: 'malformed',
  applies: (reply) => reply.status === 404,
};
