import type { Fault } from '../../model/index.ts';

/** Breaks `status-declared` and nothing else: the body stays what it was. */
export const undeclaredStatus: Fault = {
  id: 'undeclared-status',
  breaks: 'status-declared',
  what: 'Answers a success with a 2xx status that no operation declares, as frameworks do that choose a status by method',
  reply: (reply) => (isSuccess(reply.status) ? { ...reply, status: 299 } : reply),
};

function isSuccess(status: number): boolean {
  return status >= 200 && status < 300;
}
