import type { Fault } from 'assay/pack';
import { inEvents } from './change.ts';

export const partNeverDone: Fault = {
  id: 'part-never-done',
  breaks: 'resp.part-unclosed',
  what: 'Announces a part of an item and never ends it (B130)',
  operations: ['createResponse'],
  reply: inEvents((event) => (event['type'] === 'response.content_part.done' ? undefined : event)),
};
