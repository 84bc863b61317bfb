import type { Fault } from 'assay/pack';
import { inAnswer, rowsOf } from './change.ts';

export const oldestFirst: Fault = {
  id: 'oldest-first',
  breaks: 'list-in-order',
  what: 'Lists the oldest row first, whatever order asks for',
  operations: ['listAssistants', 'createAssistant'],
  reply: inAnswer((answer) => ({
    ...answer,
    data: rowsOf(answer['data']).toReversed(),
    first_id: answer['last_id'] ?? '',
    last_id: answer['first_id'] ?? '',
  })),
};
