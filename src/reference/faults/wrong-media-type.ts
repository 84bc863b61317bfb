import type { Fault } from '../../model/index.ts';

/** Breaks `media-type-declared`: the bytes stay JSON. */
export const wrongMediaType: Fault = {
  id: 'wrong-media-type',
  breaks: 'media-type-declared',
  what: 'Sends JSON under a media type of its own, as servers do that leave the content-type to a default',
  reply: (reply) => (reply.status < 300 && reply.json !== undefined ? { ...reply, mediaType: 'application/x-unknown' } : reply),
};
