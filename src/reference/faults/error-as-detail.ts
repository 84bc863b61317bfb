import type { Fault } from '../../model/index.ts';

/** Breaks `error-envelope`: the status stays right. */
export const errorAsDetail: Fault = {
  id: 'error-as-detail',
  breaks: 'error-envelope',
  what: 'Answers errors in the shape of its framework ({"detail": …}) and not in the one of the contract',
  reply: (reply) => (reply.status >= 400 ? { ...reply, json: { detail: 'Something is wrong.' } } : reply),
};
