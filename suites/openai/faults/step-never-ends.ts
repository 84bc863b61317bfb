import type { Fault } from 'assay/pack';
import { inStream } from './change.ts';

export const stepNeverEnds: Fault = {
  id: 'step-never-ends',
  breaks: 'asst.step-unclosed',
  what: 'Ends a run while its step is open',
  operations: ['createRun'],
  reply: inStream((events) => events.filter((event) => event.event !== 'thread.run.step.completed')),
};
