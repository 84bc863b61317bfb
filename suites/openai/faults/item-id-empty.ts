import type { Fault } from 'assay/pack';
import { inEvents } from './change.ts';

export const itemIdEmpty: Fault = {
  id: 'item-id-empty',
  breaks: 'resp.item-ref',
  what: 'Sends events of an item with an empty item_id (B129)',
  operations: ['createResponse'],
  reply: inEvents((event) => (event['item_id'] === undefined ? event : { ...event, item_id: '' })),
};
