import type { Fault } from '../../model/index.ts';

/** Breaks `stream-in-pieces`: the same bytes, all at the end. */
export const streamHeldBack: Fault = {
  id: 'stream-held-back',
  breaks: 'stream-in-pieces',
  what: 'Keeps all events until the last one is made, as proxies do that buffer responses',
  wire: 'hold-back',
  applies: (reply) => reply.events !== undefined,
};
