import type { Fault, Json, JsonObject } from '../../model/index.ts';

/** Breaks `error-param-names-member`: the envelope stays what it was. */
export const paramNamesNothing: Fault = {
  id: 'param-names-nothing',
  breaks: 'error-param-names-member',
  what: 'Says "request" where error.param should name the member at fault, as servers do that report the whole body',
  reply: (reply) => (reply.status === 400 && reply.json !== undefined ? { ...reply, json: renamed(reply.json) } : reply),
};

function renamed(json: Json): Json {
  const { error, ...rest } = json as JsonObject;
  return typeof error === 'object' && error !== null ? { ...rest, error: { ...(error as JsonObject), param: 'request' } } : json;
}
