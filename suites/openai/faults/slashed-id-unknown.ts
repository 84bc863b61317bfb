import type { Fault } from 'assay/pack';
import { inRows } from './change.ts';

export const slashedIdUnknown: Fault = {
  id: 'slashed-id-unknown',
  breaks: 'valid-accepted',
  what: 'Lists models whose id has a slash, and finds none of them (B177)',
  operations: ['listModels', 'retrieveModel'],
  reply: (reply, context) =>
    context.operation?.id === 'listModels'
      ? inRows('data', (model) => (model['id'] === 'gpt-4o' ? { ...model, id: 'acme/gpt-4o' } : model))(reply, context)
      : reply,
};
