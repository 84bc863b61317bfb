import type { Fault } from 'assay/pack';
import { inAnswer, rowsOf } from './change.ts';

export const oneChoiceOnly: Fault = {
  id: 'one-choice-only',
  breaks: 'choices-as-asked',
  what: 'Answers one choice whatever n and the prompts ask for (B126)',
  operations: ['createCompletion'],
  reply: inAnswer((answer) => ({ ...answer, choices: rowsOf(answer['choices']).slice(0, 1) })),
};
