import type { Fault, Json } from 'assay/pack';
import { inEvents, isObject, rowsOf } from './change.ts';

export const itemRenamedAtEnd: Fault = {
  id: 'item-renamed-at-end',
  breaks: 'resp.output-equals',
  what: 'Names the items of the final response anew (B132)',
  operations: ['createResponse'],
  reply: inEvents((event) =>
    event['type'] === 'response.completed' && isObject(event['response'])
      ? { ...event, response: { ...event['response'], output: renamed(event['response']['output']) } }
      : event,
  ),
};

function renamed(output: Json | undefined): Json {
  return rowsOf(output).map((item, index) => ({ ...item, id: `${String(item['id'])}${index}x` }));
}
