import type { Fault } from 'assay/pack';
import { inAnswer, without } from './change.ts';

export const pagesNeverMove: Fault = {
  id: 'pages-never-move',
  breaks: 'list-walk',
  what: 'Ignores after and always promises more, so that a walk never ends (B218)',
  operations: ['listFiles'],
  request: (request) => ({ ...request, query: without(request.query, 'after') }),
  reply: inAnswer((answer) => ({ ...answer, has_more: true })),
};
