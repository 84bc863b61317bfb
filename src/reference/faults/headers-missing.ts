import type { Fault } from '../../model/index.ts';

/** Breaks `headers-valid` wherever the contract requires a response header. */
export const headersMissing: Fault = {
  id: 'headers-missing',
  breaks: 'headers-valid',
  what: 'Leaves out every response header that the document declares, as proxies do that strip what they do not know',
  reply: (reply) => (reply.status < 300 ? { ...reply, headers: [] } : reply),
};
