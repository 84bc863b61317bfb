import type { Fault } from '../../model/index.ts';

/** Breaks `stream-rules`: every grammar has an event that ends the stream. */
export const streamWithoutEnd: Fault = {
  id: 'stream-without-end',
  breaks: 'stream-rules',
  what: 'Closes a stream before its last event, as gateways do that end with the last piece of content',
  reply: (reply) => (reply.events === undefined ? reply : { ...reply, events: [...reply.events].slice(0, -1) }),
};
