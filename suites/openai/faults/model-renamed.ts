import type { Fault } from 'assay/pack';
import { inAnswer } from './change.ts';

export const modelRenamed: Fault = {
  id: 'model-renamed',
  breaks: 'model-as-asked',
  alsoBreaks: [{ check: 'stream-twin', reason: 'The stream of the same request still tells the right thing.' }],
  what: 'Answers with the name of the model behind the gateway',
  operations: ['createResponse'],
  reply: inAnswer((answer) => ({ ...answer, model: 'backend-model' })),
};
