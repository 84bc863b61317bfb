import type { Fault } from 'assay/pack';
import { inEvents } from './change.ts';

export const outputIndexOffByOne: Fault = {
  id: 'output-index-off-by-one',
  breaks: 'resp.item-open-order',
  what: 'Numbers the items of the output from 1 (B147)',
  operations: ['createResponse'],
  reply: inEvents((event) => (typeof event['output_index'] === 'number' ? { ...event, output_index: event['output_index'] + 1 } : event)),
};
