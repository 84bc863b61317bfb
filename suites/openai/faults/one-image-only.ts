import type { Fault } from 'assay/pack';
import { inAnswer, rowsOf } from './change.ts';

export const oneImageOnly: Fault = {
  id: 'one-image-only',
  breaks: 'images-as-asked',
  what: 'Answers one image whatever n asks for',
  operations: ['createImage'],
  reply: inAnswer((answer) => ({ ...answer, data: rowsOf(answer['data']).slice(0, 1) })),
};
