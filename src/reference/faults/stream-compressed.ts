import { gzipSync } from 'node:zlib';
import type { Fault, ReferenceReply } from '../../model/index.ts';
import { eventText } from '../write-reply.ts';

/** Breaks `stream-not-compressed`: the events are what they were. */
export const streamCompressed: Fault = {
  id: 'stream-compressed',
  breaks: 'stream-not-compressed',
  what: 'Compresses event streams, as proxies do that compress every text',
  reply: (reply) => (reply.events === undefined ? reply : compressed(reply)),
};

function compressed({ events, ...reply }: ReferenceReply): ReferenceReply {
  const text = [...(events ?? [])].map((event) => eventText(event, reply.lineEnd)).join('');
  const headers = [...(reply.headers ?? []), ['content-encoding', 'gzip'] as const];
  return { ...reply, headers, bytes: gzipSync(text), mediaType: reply.mediaType ?? 'text/event-stream; charset=utf-8' };
}
