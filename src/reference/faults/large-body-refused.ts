import type { Fault, Json, ReferenceReply } from '../../model/index.ts';

// What set-up sends has fewer members; only cases that state optional ones have more.
const mostMembers = 5;

/** Breaks `valid-accepted`: bodies with many members are refused as if one of them were unknown. */
export const largeBodyRefused: Fault = {
  id: 'large-body-refused',
  breaks: 'valid-accepted',
  what: 'Refuses valid requests that use more members than the server knows, as servers do that were written for an older contract',
  reply: (reply, { seen }) => (reply.status < 300 && membersOf(seen?.body) > mostMembers ? refusal : reply),
};

const refusal: ReferenceReply = {
  status: 400,
  json: { error: { message: 'Unrecognized request argument supplied.', type: 'invalid_request_error', param: null, code: null } },
};

function membersOf(body: Json | undefined): number {
  return typeof body === 'object' && body !== null && !Array.isArray(body) ? Object.keys(body).length : 0;
}
