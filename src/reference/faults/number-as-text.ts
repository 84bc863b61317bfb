import type { Fault, Json } from '../../model/index.ts';

/** Breaks `body-valid`: the first number among the members of a success is written as a string. */
export const numberAsText: Fault = {
  id: 'number-as-text',
  breaks: 'body-valid',
  what: 'Writes a number as a string, as serialisers do that are afraid of large integers',
  reply: (reply) => (reply.status < 300 && reply.json !== undefined ? { ...reply, json: asText(reply.json) } : reply),
};

function asText(json: Json): Json {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) return json;
  const members = Object.entries(json);
  const place = members.findIndex(([, value]) => typeof value === 'number');
  return Object.fromEntries(members.map(([name, value], index) => [name, index === place ? String(value) : value]));
}
