import type { Fault } from 'assay/pack';
import { inRows } from './change.ts';

export const idOfTheCall: Fault = {
  id: 'id-of-the-call',
  breaks: 'ids-distinct',
  what: 'Gives an item the id of its call (B156)',
  operations: ['createResponse'],
  reply: inRows('output', (item) => (item['call_id'] === undefined ? item : { ...item, id: item['call_id'] })),
};
